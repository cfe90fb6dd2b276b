//! Whose key signs: AppKey, permanent access key or temporary one.

use super::{Authenticator, Scheme, Who, family::Family, token::TemporaryPair};
use crate::reject::Reject;
use countersign_snapshot::{KeyEntry, Principal};
use countersign_token::TemporaryKey;
use countersign_types::Timestamp;
use countersign_verify::{Key, Presented};
use std::sync::Arc;

/// Whom a key stands for, and the key.
pub(super) struct Holder<'s> {
    pub(super) who: Who<'s>,
    pub(super) scheme: Scheme,
    key: Held<'s>,
}

enum Held<'s> {
    Permanent(&'s KeyEntry),
    Temporary(Arc<TemporaryPair>),
}

impl Holder<'_> {
    pub(super) fn key(&self) -> &Key {
        match &self.key {
            Held::Permanent(entry) => &entry.key,
            Held::Temporary(pair) => &pair.key,
        }
    }

    /// The key with the secret before the last reset, while that still holds.
    pub(super) fn previous(&self, now: Timestamp) -> Option<&Key> {
        match &self.key {
            Held::Permanent(entry) => entry.previous(now),
            Held::Temporary(_) => None,
        }
    }
}

impl<'s> Authenticator<'s> {
    /// Whom the key that a request names stands for.
    ///
    /// # Errors
    /// 401: nobody of this family has the key, or key and security token do not belong together.
    pub(super) fn holder(
        &self,
        family: Family,
        presented: &Presented<'_>,
        now: Timestamp,
    ) -> Result<Holder<'s>, Reject> {
        let access_key = presented.access_key();
        if family == Family::Iam && TemporaryKey::is_temporary(access_key) {
            let token = presented.security_token().ok_or_else(|| family.without_security_token())?;
            let (who, pair) = self.temporary(access_key, token, now)?;
            return Ok(Holder { who, scheme: Scheme::TemporaryKey, key: Held::Temporary(pair) });
        }
        let entry = self.snapshot.keys().get(access_key);
        let holder = entry.and_then(|entry| self.permanent(family, entry));
        let holder = holder.ok_or_else(|| family.unknown(access_key))?;
        match presented.security_token() {
            None => Ok(holder),
            Some(_) => Err(family.foreign_security_token()),
        }
    }

    /// An IAM key is nobody on an app API, and the reverse.
    fn permanent(&self, family: Family, entry: &'s KeyEntry) -> Option<Holder<'s>> {
        let (who, scheme) = match (family, &entry.principal) {
            (Family::App, Principal::App { id, name }) => (Who::App { id, name }, Scheme::App),
            (Family::Iam, Principal::User(id)) => {
                (Who::user(self.snapshot.principals().user(id.as_str())?), Scheme::AccessKey)
            }
            _ => return None,
        };
        Some(Holder { who, scheme, key: Held::Permanent(entry) })
    }
}
