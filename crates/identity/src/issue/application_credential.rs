//! Proofs by an application credential.

use super::login::account;
use super::proof::{ApplicationCredentialRef, Proven};
use super::secret::{Guess, spelled};
use crate::{ApplicationCredential, Directory, Error, Limits, Live, Unauthenticated, User, Who};
use countersign_token::Methods;
use countersign_types::{SecretKey, Timestamp};
use std::net::IpAddr;
use std::sync::Arc;

impl Live {
    /// An unknown or expired credential, and one of a disabled user, cost and answer the same as a wrong secret.
    pub(super) fn prove_application_credential(
        &self,
        asked: &ApplicationCredentialRef,
        secret: &SecretKey,
        source: Option<IpAddr>,
        now: Timestamp,
    ) -> Result<Proven, Error> {
        let directory = self.directory()?;
        let found = directory.find_application_credential(asked);
        let usable = found.as_ref().and_then(|found| directory.usable(found, now));
        let hash = usable.as_ref().map(|(credential, _)| credential.secret_hash.as_str());
        let account = directory.counted_as(asked, found.as_deref());
        self.check_guess(Guess { account, secret, hash, source }, now)?;
        let (credential, user) = usable.ok_or(Unauthenticated::Credentials)?;
        user.require_programmatic()?;
        Ok(Proven {
            chain: Some(credential.chain().ok_or(Unauthenticated::Credentials)?),
            ends: credential.expires,
            limits: Limits { application_credential: Some(Arc::clone(credential)), ..Limits::default() },
            who: Who::User(user),
            methods: Methods::APPLICATION_CREDENTIAL,
        })
    }
}

impl Directory {
    fn find_application_credential(
        &self,
        asked: &ApplicationCredentialRef,
    ) -> Option<Arc<ApplicationCredential>> {
        match asked {
            ApplicationCredentialRef::Id(id) => self.application_credentials.find(id).cloned(),
            ApplicationCredentialRef::Name { user, name } => {
                let user = self.find_user(user)?;
                self.application_credentials.find_by_name(user.id.as_str(), name).cloned()
            }
        }
    }

    /// The credential and its user, while both may authenticate.
    fn usable<'a>(
        &self,
        credential: &'a Arc<ApplicationCredential>,
        now: Timestamp,
    ) -> Option<(&'a Arc<ApplicationCredential>, Arc<User>)> {
        let is_over = credential.expires.is_some_and(|expires| expires <= now);
        let user = self.users.find(credential.user_id.as_str());
        let user = user.filter(|user| user.enabled && !is_over)?;
        Some((credential, Arc::clone(user)))
    }

    /// The name that failures are counted under, however the request spells the credential.
    fn counted_as(&self, asked: &ApplicationCredentialRef, found: Option<&ApplicationCredential>) -> String {
        match (found, asked) {
            (Some(credential), _) => credential.id.to_string(),
            (None, ApplicationCredentialRef::Id(id)) => spelled(&["", id]),
            (None, ApplicationCredentialRef::Name { user, name }) => {
                spelled(&[&account(user, self.find_user(user).as_deref()), name])
            }
        }
    }
}
