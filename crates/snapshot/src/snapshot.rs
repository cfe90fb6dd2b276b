//! The compiled form as a whole.

use crate::{
    access::AddressList,
    authorizer::{Authorizer, Authorizers},
    codes::Codes,
    error::{Error, Fault},
    fingerprint::Fingerprints,
    gateway::{Gateway, Gateways},
    group::Group,
    hosts::Hosts,
    keys::{KeyEntry, Keys},
    principals::Principals,
    source::{self, AppQuota, Source},
    throttling::Throttling,
};
use countersign_types::{AccessKeyId, AppId, AuthorizerId, GroupId, InstanceId, PublishId};
use foldhash::fast::RandomState;
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

/// The source addresses that apps may call from, of those apps that have a list.
type AppAddresses = HashMap<AppId, AddressList, RandomState>;

/// What one data plane serves: immutable, complete, checked.
#[derive(Debug)]
pub struct Snapshot {
    revision: u64,
    gateways: Arc<Gateways>,
    hosts: Hosts,
    by_address: Option<Arc<Group>>,
    keys: Arc<Keys>,
    codes: Arc<Codes>,
    /// AppKeys by app, where a credential may leave its key unnamed.
    app_keys: Arc<HashMap<AppId, AccessKeyId, RandomState>>,
    quotas: Arc<HashMap<AppId, AppQuota, RandomState>>,
    authorizers: Arc<Authorizers>,
    app_addresses: Arc<AppAddresses>,
    principals: Arc<Principals>,
    throttling: Throttling,
    groups: HashMap<GroupId, (u128, Arc<Group>)>,
    fingerprints: Fingerprints,
}

impl Snapshot {
    /// Checks and compiles a source.
    ///
    /// # Errors
    /// [`Error`] names the first object that is not acceptable; nothing of the source serves then.
    pub fn compile(source: &Source) -> Result<Self, Error> {
        Self::build(None, source)
    }

    /// Like [`Snapshot::compile`], sharing what did not change since the previous snapshot.
    ///
    /// # Errors
    /// As [`Snapshot::compile`].
    pub fn recompile(previous: &Self, source: &Source) -> Result<Self, Error> {
        Self::build(Some(previous), source)
    }

    fn build(previous: Option<&Self>, source: &Source) -> Result<Self, Error> {
        if source.format != Source::FORMAT {
            return Err(Fault::Format.at("source", &source.format));
        }
        let fingerprints = previous.map(|previous| previous.fingerprints.clone()).unwrap_or_default();
        let mut snapshot = Self {
            revision: source.revision,
            gateways: Arc::new(Gateways::compile(&source.gateways)?),
            hosts: Hosts::default(),
            by_address: None,
            keys: Keys::compile(source, previous.map(|previous| &*previous.keys), &fingerprints)?.into(),
            codes: Codes::compile(&source.apps, previous.map(|previous| &*previous.codes), &fingerprints)?
                .into(),
            app_keys: app_keys(source).into(),
            quotas: quotas(&source.apps)?.into(),
            authorizers: Authorizers::compile(
                &source.authorizers,
                previous.map(|previous| &*previous.authorizers),
                &fingerprints,
            )?
            .into(),
            app_addresses: app_addresses(&source.apps)?.into(),
            principals: Principals::compile(
                &source.identity,
                previous.map(|previous| &*previous.principals),
                &fingerprints,
            )?
            .into(),
            throttling: Throttling::compile(source)?,
            groups: HashMap::with_capacity(source.groups.len()),
            fingerprints,
        };
        let mut seen = Seen::new(&source.apps)?;
        for group in &source.groups {
            let known = previous.and_then(|previous| previous.groups.get(&group.id));
            snapshot.add(group, known).map_err(|error| error.within(group))?;
            seen.check(group)?;
        }
        Ok(snapshot)
    }

    /// The same callers from wherever they call, but nothing to call except what is published in this group, and no
    /// limits.
    ///
    /// # Errors
    /// [`Error`] when the group is not acceptable.
    pub fn only(&self, group: &source::Group) -> Result<Self, Error> {
        let mut snapshot = Self {
            revision: self.revision,
            hosts: Hosts::default(),
            by_address: None,
            keys: Arc::clone(&self.keys),
            codes: Arc::clone(&self.codes),
            app_keys: Arc::clone(&self.app_keys),
            quotas: Arc::clone(&self.quotas),
            authorizers: Arc::clone(&self.authorizers),
            app_addresses: Arc::default(),
            principals: Arc::clone(&self.principals),
            gateways: Arc::clone(&self.gateways),
            throttling: Throttling::default(),
            groups: HashMap::new(),
            fingerprints: self.fingerprints.clone(),
        };
        snapshot.add(group, None).map_err(|error| error.within(group))?;
        Ok(snapshot)
    }

    fn add(&mut self, source: &source::Group, known: Option<&(u128, Arc<Group>)>) -> Result<(), Error> {
        let fingerprint = self.fingerprints.of([source]);
        let group = match known {
            Some((old, group)) if *old == fingerprint => Arc::clone(group),
            _ => Arc::new(Group::compile(source)?),
        };
        let place = |fault: Fault| fault.at("group", &source.id);
        if self.gateways.get(&source.instance_id).is_none() {
            return Err(place(Fault::Unresolved("gateway")));
        }
        for host in source.subdomain.iter().chain(&source.hosts) {
            self.hosts.insert(host, &group).map_err(place)?;
        }
        if source.by_address && self.by_address.replace(Arc::clone(&group)).is_some() {
            return Err(place(Fault::Duplicate("group reached by address")));
        }
        if self.groups.insert(source.id.clone(), (fingerprint, group)).is_some() {
            return Err(place(Fault::Duplicate("group id")));
        }
        Ok(())
    }

    /// Revision of the store it was compiled from.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The group that a host name selects; lower case, without port.
    #[must_use]
    pub fn group_by_host(&self, host: &str) -> Option<&Group> {
        self.hosts.find(host).map(|group| &**group)
    }

    /// The group that the listener's bare address selects.
    #[must_use]
    pub fn group_by_address(&self) -> Option<&Group> {
        self.by_address.as_deref()
    }

    /// The gateway that owns a group.
    #[must_use]
    pub fn gateway(&self, id: &InstanceId) -> Option<&Gateway> {
        self.gateways.get(id)
    }

    /// All permanent key pairs.
    #[must_use]
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// The key pair of the app that has this AppCode on this gateway.
    #[must_use]
    pub fn app_by_code(&self, gateway: &InstanceId, code: &[u8]) -> Option<&KeyEntry> {
        self.keys.get(self.codes.find(gateway, code)?.as_str())
    }

    /// The key pair of an app; only on gateways that take credentials which do not name it.
    #[must_use]
    pub fn app(&self, id: &AppId) -> Option<&KeyEntry> {
        self.keys.get(self.app_keys.get(id)?.as_str())
    }

    /// The quotas of apps that have one.
    pub fn app_quotas(&self) -> impl Iterator<Item = (&AppId, &AppQuota)> {
        self.quotas.iter()
    }

    /// What limits calls.
    #[must_use]
    pub fn throttling(&self) -> &Throttling {
        &self.throttling
    }

    /// The ids of all groups.
    pub fn group_ids(&self) -> impl Iterator<Item = &GroupId> {
        self.groups.keys()
    }

    /// A custom authorizer. A definition can name one that is not there: whoever needs it refuses the call.
    #[must_use]
    pub fn authorizer(&self, id: &AuthorizerId) -> Option<&Authorizer> {
        self.authorizers.get(id).map(|authorizer| &**authorizer)
    }

    /// The source addresses that an app may call from, when they are restricted.
    #[must_use]
    pub fn addresses_of_app(&self, app: &AppId) -> Option<&AddressList> {
        self.app_addresses.get(app)
    }

    /// Users and agencies.
    #[must_use]
    pub fn principals(&self) -> &Principals {
        &self.principals
    }
}

fn quotas(apps: &[source::App]) -> Result<HashMap<AppId, AppQuota, RandomState>, Error> {
    let limited = apps.iter().filter_map(|app| Some((app, app.quota.clone()?)));
    let check = |(app, quota): (&source::App, AppQuota)| {
        let is_sound = quota.calls > 0 && quota.span.count > 0;
        is_sound.then(|| (app.id.clone(), quota)).ok_or_else(|| Fault::Invalid("quota").at("app", &app.id))
    };
    limited.map(check).collect()
}

/// A million apps would take their memory even where nobody asks for them.
fn app_keys(source: &Source) -> HashMap<AppId, AccessKeyId, RandomState> {
    let is_asked = source.gateways.iter().any(|gateway| gateway.features.apps.stamp_header.is_some());
    let apps = source.apps.iter().filter(|_| is_asked);
    apps.map(|app| (app.id.clone(), app.key.clone())).collect()
}

/// The lists of those apps that have one.
fn app_addresses(apps: &[source::App]) -> Result<AppAddresses, Error> {
    let lists = apps.iter().filter_map(|app| Some((app, app.addresses.as_ref()?)));
    let compile = |(app, list): (&source::App, _)| match AddressList::compile(list) {
        Ok(list) => Ok((app.id.clone(), list)),
        Err(fault) => Err(fault.at("app", &app.id)),
    };
    lists.map(compile).collect()
}

impl Error {
    fn within(self, group: &source::Group) -> Self {
        let Self { place, fault } = self;
        Self { place: format!("group {}, {place}", group.id), fault }
    }
}

/// Identities that must be unique across groups, and what references point to.
struct Seen<'s> {
    apps: HashSet<&'s AppId>,
    publications: HashSet<&'s PublishId>,
}

impl<'s> Seen<'s> {
    fn new(apps: &'s [source::App]) -> Result<Self, Error> {
        let mut seen = Self { apps: HashSet::with_capacity(apps.len()), publications: HashSet::new() };
        for app in apps {
            if !seen.apps.insert(&app.id) {
                return Err(Fault::Duplicate("app id").at("app", &app.id));
            }
        }
        Ok(seen)
    }

    fn check(&mut self, group: &'s source::Group) -> Result<(), Error> {
        for release in &group.releases {
            if !self.publications.insert(&release.publish_id) {
                return Err(Fault::Duplicate("publication id").at("API", &release.api_id));
            }
            if !release.authorized_apps.iter().all(|app| self.apps.contains(app)) {
                return Err(Fault::Unresolved("authorized app").at("API", &release.api_id));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
pub(crate) mod tests;
