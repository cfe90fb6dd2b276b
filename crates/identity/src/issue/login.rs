//! Proofs by a secret: a password, or an access key with its secret key.

use super::{DomainRef, Proven, UserRef};
use crate::lockout::Attempt;
use crate::{AccessKey, Directory, Error, Live, PASSWORD_BYTES_MAX, Unauthenticated, User, Who, password};
use countersign_token::Methods;
use countersign_types::{AccessKeyId, SecretKey, Timestamp};
use std::net::IpAddr;
use std::sync::Arc;
use subtle::ConstantTimeEq;

impl Live {
    /// Unknown, disabled and locked users cost the same hash as a wrong password, and get the same answer.
    pub(crate) fn log_in(
        &self,
        user: &UserRef,
        password: &SecretKey,
        source: Option<IpAddr>,
        now: Timestamp,
    ) -> Result<Proven, Error> {
        if password.expose().len() > PASSWORD_BYTES_MAX {
            return Err(Error::Invalid { field: "password", reason: "at most 4096 bytes" });
        }
        let found = self.directory()?.find_user(user);
        let attempt = source.map(|source| Attempt { account: account(user, found.as_deref()), source });
        let is_closed = attempt.as_ref().is_some_and(|attempt| self.lockout.is_closed(attempt, now));
        let hash = found.as_ref().map_or(&self.unknown_user_hash, |user| &user.password_hash);
        let fits = self.hashing.run(|| password::fits(password, hash))?;
        match (found, attempt) {
            (Some(user), attempt) if fits && user.enabled && !is_closed => {
                attempt.inspect(|attempt| self.lockout.succeed(attempt));
                Ok(proven(user, Methods::PASSWORD))
            }
            (_, attempt) => {
                if let Some(attempt) = attempt {
                    self.lockout.fail(attempt, now);
                }
                Err(Unauthenticated::Credentials.into())
            }
        }
    }

    pub(super) fn prove_access_key(
        &self,
        access_key: &AccessKeyId,
        secret_key: &SecretKey,
    ) -> Result<Proven, Error> {
        let directory = self.directory()?;
        let record = directory.access_keys.find(access_key.as_str()).filter(|key| key.active);
        let record = record.ok_or(Unauthenticated::Credentials)?;
        let fits = self.secret_key(record)?.ct_eq(secret_key);
        let user = directory.users.find(record.user_id.as_str()).filter(|user| user.enabled && fits.into());
        user.map(|user| proven(Arc::clone(user), Methods::ACCESS_KEY))
            .ok_or_else(|| Unauthenticated::Credentials.into())
    }

    /// The secret key of an access key, opened.
    ///
    /// # Errors
    /// [`Error::Sealed`] when it does not open.
    pub fn secret_key(&self, record: &AccessKey) -> Result<SecretKey, Error> {
        self.identity.open(record)
    }
}

impl Directory {
    fn find_user(&self, user: &UserRef) -> Option<Arc<User>> {
        match user {
            UserRef::Id(id) => self.users.find(id).cloned(),
            UserRef::Name { domain, name } => {
                let domain = self.find_domain(domain)?;
                self.users.find_by_name(domain.id.as_str(), name).cloned()
            }
        }
    }
}

fn proven(user: Arc<User>, methods: Methods) -> Proven {
    Proven { who: Who::User(user), methods, parent: None, ends: None }
}

/// The name that failures are counted under: the user's id, however the request spells the user.
fn account(asked: &UserRef, found: Option<&User>) -> String {
    match (found, asked) {
        (Some(user), _) => user.id.to_string(),
        (None, UserRef::Id(id)) => spelled(&["", id]),
        (None, UserRef::Name { domain: DomainRef::Id(domain) | DomainRef::Name(domain), name }) => {
            spelled(&[domain, name])
        }
    }
}

/// One spelling, of bounded length, for a user that does not exist.
fn spelled(parts: &[&str]) -> String {
    parts.join("/").chars().take(256).flat_map(char::to_lowercase).collect()
}
