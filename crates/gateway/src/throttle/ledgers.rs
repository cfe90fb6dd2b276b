//! The counts themselves: they outlive the snapshots that say how far they may rise.

use countersign_snapshot::{Snapshot, Throttle, source::AppQuota};
use countersign_throttle::{Counter, Counters, Room, Subject};
use countersign_types::{ApiId, AppId, GroupId, PublishId, ThrottleId};
use foldhash::{fast, quality};
use std::{
    collections::HashMap,
    hash::{BuildHasher, Hash},
    net::IpAddr,
    sync::Arc,
};

/// Places for users, apps and addresses, all policies together: 128 MiB when all are in use.
const PLACES: usize = 8 << 20;

type Map<K, V> = HashMap<K, V, fast::RandomState>;

/// What a policy counts.
#[derive(Debug)]
pub(super) struct Ledger {
    /// All calls.
    pub(super) all: Counter,
    pub(super) users: Counters,
    pub(super) apps: Counters,
    pub(super) addresses: Counters,
}

/// Whose ledger it is. A policy whose windows change begins anew.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Owner {
    /// A publication with a policy of its own.
    Publication(PublishId, u64),
    /// A policy that its publications share.
    Policy(ThrottleId, u64),
    /// An API without a policy, in all environments.
    Api(ApiId),
}

/// The counts of everything that a snapshot serves, ready to be looked up.
#[derive(Debug, Default)]
pub(crate) struct Ledgers {
    shared: Arc<Shared>,
    publications: Map<PublishId, (Option<Arc<Throttle>>, Arc<Ledger>)>,
    subdomains: Map<GroupId, Arc<Counter>>,
    owners: Map<Owner, Arc<Ledger>>,
    quotas: Map<AppId, (AppQuota, Arc<Counter>)>,
}

/// What all ledgers have in common.
#[derive(Debug)]
struct Shared {
    room: Arc<Room>,
    /// Nobody outside knows its seed.
    hasher: quality::RandomState,
}

impl Ledgers {
    /// Those for another snapshot; what it still serves keeps its counts.
    pub(crate) fn for_snapshot(&self, snapshot: &Snapshot) -> Self {
        let mut next = Self { shared: Arc::clone(&self.shared), ..Self::default() };
        for (id, throttled) in snapshot.throttling().publications() {
            let owner = Owner::of(id, &throttled.api_id, throttled.policy.as_deref());
            let ledger = next.owners.entry(owner).or_insert_with_key(|owner| self.keep(owner));
            next.publications.insert(id.clone(), (throttled.policy.clone(), Arc::clone(ledger)));
        }
        let subdomains = snapshot.group_ids().map(|id| {
            let kept = self.subdomains.get(id).cloned();
            (id.clone(), kept.unwrap_or_default())
        });
        next.subdomains = subdomains.collect();
        next.quotas =
            snapshot.app_quotas().map(|(app, quota)| (app.clone(), self.keep_quota(app, quota))).collect();
        next
    }

    fn keep(&self, owner: &Owner) -> Arc<Ledger> {
        self.owners.get(owner).cloned().unwrap_or_else(|| Arc::new(Ledger::new(&self.shared.room)))
    }

    /// A quota with its count: a new one where the quota or its periods are.
    fn keep_quota(&self, app: &AppId, quota: &AppQuota) -> (AppQuota, Arc<Counter>) {
        let counts_on =
            |old: &AppQuota| (&old.id, old.span, old.begin) == (&quota.id, quota.span, quota.begin);
        let kept = self.quotas.get(app).filter(|(old, _)| counts_on(old));
        (quota.clone(), kept.map(|(_, counter)| Arc::clone(counter)).unwrap_or_default())
    }

    /// The quota of an app, if it has one, and its count.
    pub(super) fn quota(&self, app: &AppId) -> Option<(&AppQuota, &Counter)> {
        self.quotas.get(app).map(|(quota, counter)| (quota, &**counter))
    }

    /// The policy of a publication, if there is one, and its counts.
    pub(super) fn publication(&self, id: &PublishId) -> Option<(Option<&Throttle>, &Ledger)> {
        self.publications.get(id).map(|(policy, ledger)| (policy.as_deref(), &**ledger))
    }

    /// The count of a group's default subdomain.
    pub(super) fn subdomain(&self, group: &GroupId) -> Option<&Counter> {
        self.subdomains.get(group).map(|counter| &**counter)
    }

    /// Who is counted under this id.
    pub(super) fn subject(&self, id: &str) -> Subject {
        self.hash(id)
    }

    /// Who is counted at this address. An IPv6 network of 64 bits counts as one: whoever has one address of it has
    /// all of them.
    pub(super) fn address(&self, address: IpAddr) -> Subject {
        match address {
            IpAddr::V4(address) => self.hash(&address.octets()),
            IpAddr::V6(address) => self.hash(&(address.to_bits() >> 64)),
        }
    }

    fn hash<T: Hash + ?Sized>(&self, whom: &T) -> Subject {
        Subject::from_hash(self.shared.hasher.hash_one(whom))
    }

    /// Frees the memory of windows that are over.
    pub(crate) fn sweep(&self, now: u64) {
        for ledger in self.owners.values() {
            [&ledger.users, &ledger.apps, &ledger.addresses]
                .into_iter()
                .for_each(|counters| counters.sweep(now));
        }
    }
}

impl Default for Shared {
    fn default() -> Self {
        Self { room: Arc::new(Room::new(PLACES)), hasher: quality::RandomState::default() }
    }
}

impl Owner {
    fn of(publication: &PublishId, api: &ApiId, policy: Option<&Throttle>) -> Self {
        match policy {
            None => Self::Api(api.clone()),
            Some(policy) if policy.shared => Self::Policy(policy.id.clone(), policy.span.seconds()),
            Some(policy) => Self::Publication(publication.clone(), policy.span.seconds()),
        }
    }
}

impl Ledger {
    fn new(room: &Arc<Room>) -> Self {
        let counters = || Counters::new(Arc::clone(room));
        Self { all: Counter::default(), users: counters(), apps: counters(), addresses: counters() }
    }
}
