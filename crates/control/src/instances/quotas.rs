//! What a gateway may hold and how much of it is used.

use super::InstanceRef;
use crate::{
    Api, App, Authorizer, Control, Env, Error, Group, Page, Paging, Quota, SignatureKey, Throttle, quota,
};
use countersign_store::{Document, Reader, Scope};
use countersign_types::Timestamp;

/// A quota of a gateway and its use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuotaUse {
    /// The quota.
    pub quota: Quota,
    /// How many exist; 0 for quotas that do not count over the whole gateway.
    pub used: usize,
    /// Since when it holds.
    pub since: Timestamp,
}

/// Quotas that count all objects of a kind on the gateway.
const COUNTED: &[(Quota, &str)] = &[
    (quota::GROUPS, Group::KIND),
    (quota::ENVS, Env::KIND),
    (quota::APPS, App::KIND),
    (quota::APIS, Api::KIND),
    (quota::THROTTLES, Throttle::KIND),
    (quota::AUTHORIZERS, Authorizer::KIND),
    (quota::SIGNATURE_KEYS, SignatureKey::KIND),
];

impl Control {
    /// A page of a gateway's quotas.
    ///
    /// # Errors
    /// Unknown gateway.
    pub fn list_quotas(&self, at: &InstanceRef, paging: Paging) -> Result<Page<QuotaUse>, Error> {
        self.read(|reader| {
            let since = at.resolve(reader)?.created;
            let uses = quota::OF_GATEWAY
                .iter()
                .map(|quota| Ok(QuotaUse { quota: *quota, used: used(reader, at, quota)?, since }));
            Ok(paging.cut(uses.collect::<Result<_, Error>>()?))
        })
    }
}

fn used(reader: &dyn Reader, at: &InstanceRef, quota: &Quota) -> Result<usize, Error> {
    match COUNTED.iter().find(|(counted, _)| counted == quota) {
        Some((_, kind)) => Ok(reader.list(kind, Scope::One(at.scope()))?.len()),
        None => Ok(0),
    }
}
