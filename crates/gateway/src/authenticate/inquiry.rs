//! Why a signature is refused, where the API or the app that is called asks for it.

use super::{
    Authenticator,
    family::{Family, LOCKED},
    signed::Signed,
    token::TemporaryPair,
};
use crate::{
    accept::{Body, Unread},
    core::Tick,
    observe::Why,
    reject::Reject,
    route::Routed,
};
use countersign_diagnosis::{Kind, Limits, Place, Received, Situation, Verdict, access_key, diagnose};
use countersign_snapshot::{KeyEntry, Principal, source::UnsignedPayload};
use countersign_verify::{Head, Key, Policy};
use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    net::IpAddr,
    sync::Arc,
};

/// Most diagnoses of one worker in a second.
const WORKER_MAX: u32 = 16;
/// Most of them for requests from one address.
const SOURCE_MAX: u32 = 4;
/// What one may cost: a few milliseconds for the largest head.
const LIMITS: Limits = Limits { hashes_max: 2_048, head_bytes_max: 4 * 1024, body_bytes_max: 64 * 1024 };
/// Longest body that is hashed for a diagnosis, in bytes.
const BODY_BYTES_MAX: u64 = 1024 * 1024;

/// What one worker has spent on diagnoses in this second.
#[derive(Default)]
pub(crate) struct InquiryBudget {
    second: Cell<Tick>,
    spent: Cell<u32>,
    by_source: RefCell<HashMap<IpAddr, u32>>,
}

impl InquiryBudget {
    /// Whether there is time for one more.
    fn take(&self, now: Tick, source: IpAddr) -> bool {
        let mut by_source = self.by_source.borrow_mut();
        if self.second.replace(now) != now {
            self.spent.set(0);
            by_source.clear();
        }
        if self.spent.get() >= WORKER_MAX {
            return false;
        }
        let own = by_source.entry(source).or_default();
        let is_within = *own < SOURCE_MAX;
        if is_within {
            *own += 1;
            self.spent.set(self.spent.get() + 1);
        }
        is_within
    }
}

/// A refused request whose API or app asks why.
pub(super) struct Inquiry<'i> {
    authenticator: &'i Authenticator<'i>,
    head: &'i Signed<'i>,
    routed: &'i Routed<'i>,
    /// As claimed, if there is such a key; any other text may be a secret that was put in its place.
    access_key: &'i str,
    key: Option<Found<'i>>,
    kinds: Option<(Kind, Kind)>,
}

/// The key that a request names, of whatever family.
enum Found<'i> {
    Permanent(&'i KeyEntry),
    Temporary(Arc<TemporaryPair>),
}

impl Found<'_> {
    fn key(&self) -> &Key {
        match self {
            Self::Permanent(entry) => &entry.key,
            Self::Temporary(pair) => &pair.key,
        }
    }
}

impl<'i> Inquiry<'i> {
    /// `None` when nobody asks.
    pub(super) fn of(
        authenticator: &'i Authenticator<'i>,
        head: &'i Signed<'i>,
        routed: &'i Routed<'i>,
        family: Family,
    ) -> Option<Self> {
        let value = |name| head.headers().find(|(other, _)| *other == name).map(|(_, value)| value);
        let access_key = value("authorization").and_then(access_key).unwrap_or_default();
        let entry = authenticator.snapshot.keys().get(access_key);
        if !routed.release.diagnosed && !entry.is_some_and(|entry| entry.diagnosed) {
            return None;
        }
        let now = head.request.arrived;
        let temporary = |token| authenticator.temporary(access_key, token, now).ok();
        let pair = value("x-security-token").and_then(temporary).map(|(_, pair)| Found::Temporary(pair));
        let key = entry.map(Found::Permanent).or(pair);
        let kinds = entry.map(|entry| (kind_of(entry), family.kind()));
        let access_key = if key.is_some() { access_key } else { "" };
        Some(Self { authenticator, head, routed, access_key, key, kinds })
    }

    /// The refusal with what is wrong, once the body is read that nobody has read yet.
    pub(super) async fn explain_unread(&self, reject: Reject, body: Unread) -> Reject {
        let body = body.receive_short(BODY_BYTES_MAX).await;
        self.explain(reject, body.as_ref())
    }

    /// The refusal with what is wrong, within the budget.
    pub(super) fn explain(&self, reject: Reject, body: Option<&Body>) -> Reject {
        let core = self.authenticator.core;
        // Whether a signature would have held is what the lock keeps from who guesses.
        if reject.reason == LOCKED {
            return reject;
        }
        if !core.inquiries.take(core.tick.get(), self.routed.source) {
            core.meters.undiagnosed.add(1);
            return reject;
        }
        core.meters.diagnosed.add(1);
        let body = body.filter(|body| body.bytes() <= BODY_BYTES_MAX);
        let body = body.map(|body| body.pieces().map(AsRef::as_ref).collect::<Vec<&[u8]>>().concat());
        let request = Received {
            method: Head::method(self.head),
            target: Head::target(self.head),
            headers: self.head.headers().collect(),
            body: body.as_deref(),
        };
        let unsigned_payload = self.routed.release.unsigned_payload == UnsignedPayload::Allow;
        let policy = Policy { unsigned_payload, ..Policy::default() };
        let place = Place { policy, ..Place::new(self.head.request.arrived) };
        let key = self.key.as_ref().map(Found::key);
        let situation =
            Situation { kinds: self.kinds, limits: LIMITS, ..Situation::new(&request, key, place) };
        let diagnosis = diagnose(&situation);
        match diagnosis.verdict {
            Verdict::Refused(_) => reject.because(Why { access_key: self.access_key.into(), diagnosis }),
            Verdict::Verifies | Verdict::Tolerated(_) => reject,
        }
    }
}

fn kind_of(entry: &KeyEntry) -> Kind {
    match entry.principal {
        Principal::App { .. } => Kind::App,
        Principal::User(_) => Kind::Iam,
    }
}

impl Family {
    fn kind(self) -> Kind {
        match self {
            Self::App => Kind::App,
            Self::Iam => Kind::Iam,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_has_room_for_a_few_of_each_source_and_for_some_of_all() {
        let budget = InquiryBudget::default();
        let address = |last: u8| IpAddr::from([127, 0, 0, last]);
        let taken = |now, last| (0..10).filter(|_| budget.take(now, address(last))).count();
        assert_eq!([taken(1, 1), taken(1, 1), taken(1, 2)], [4, 0, 4]);
        assert_eq!([taken(1, 3), taken(1, 4), taken(1, 5)], [4, 4, 0]);
        assert_eq!(taken(2, 1), 4);
    }
}
