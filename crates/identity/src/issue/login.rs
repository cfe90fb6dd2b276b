//! Proofs by a secret: a password, or an access key with its secret key.

use super::DomainRef;
use super::proof::{Proven, UserRef};
use super::secret::{Guess, spelled};
use crate::{AccessKey, Directory, Error, Limits, Live, Unauthenticated, User, Who};
use countersign_token::Methods;
use countersign_types::{AccessKeyId, SecretKey, Timestamp};
use std::net::IpAddr;
use std::sync::Arc;
use subtle::ConstantTimeEq;

/// A password, and what comes with it.
pub(crate) struct Login<'a> {
    /// Whose.
    pub(crate) user: &'a UserRef,
    /// The password.
    pub(crate) password: &'a SecretKey,
    /// The passcode of a second factor, if one is shown.
    pub(crate) passcode: Option<&'a SecretKey>,
    /// Where the request comes from, if that is known.
    pub(crate) source: Option<IpAddr>,
}

impl Live {
    /// Unknown, disabled and locked users cost the same hash as a wrong password, and get the same answer.
    pub(crate) fn log_in(&self, login: &Login<'_>, now: Timestamp) -> Result<Proven, Error> {
        let found = self.directory()?.find_user(login.user);
        let enabled = found.as_ref().filter(|user| user.enabled);
        // Nobody has a device that shows passcodes, so none is right.
        let is_possible = login.passcode.is_none();
        self.check_guess(
            Guess {
                account: account(login.user, found.as_deref()),
                secret: login.password,
                hash: enabled.filter(|_| is_possible).map(|user| user.password_hash.as_str()),
                source: login.source,
            },
            now,
        )?;
        let user = enabled.ok_or(Unauthenticated::Credentials)?;
        user.require_programmatic()?;
        self.note_login(&user.id);
        Ok(proven(Arc::clone(user), Methods::PASSWORD))
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
        let user = user.ok_or(Unauthenticated::Credentials)?;
        user.require_programmatic()?;
        self.note_key_use(access_key);
        Ok(proven(Arc::clone(user), Methods::ACCESS_KEY))
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
    pub(super) fn find_user(&self, user: &UserRef) -> Option<Arc<User>> {
        match user {
            UserRef::Id(id) => self.users.find(id).cloned(),
            UserRef::Name { domain, name } => {
                let domain = self.find_domain(domain)?;
                self.users.find_by_name(domain.id.as_str(), name).cloned()
            }
        }
    }
}

pub(super) fn proven(user: Arc<User>, methods: Methods) -> Proven {
    Proven { who: Who::User(user), limits: Limits::default(), methods, chain: None, ends: None }
}

/// The name that failures are counted under: the user's id, however the request spells the user.
pub(super) fn account(asked: &UserRef, found: Option<&User>) -> String {
    match (found, asked) {
        (Some(user), _) => user.id.to_string(),
        (None, UserRef::Id(id)) => spelled(&["", id]),
        (None, UserRef::Name { domain: DomainRef::Id(domain) | DomainRef::Name(domain), name }) => {
            spelled(&[domain, name])
        }
    }
}
