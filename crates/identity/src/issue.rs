//! From a proof to a token.

mod agency;
mod application_credential;
mod federated;
mod login;
mod proof;
mod scope;
mod secret;
mod temporary;

pub use proof::{ApplicationCredentialRef, Proof, UserRef};
pub use scope::{DomainRef, ProjectRef, ScopeRequest};
pub(crate) use temporary::read_policy;
pub use temporary::{Duration, Longest, TemporaryRequest};

use crate::token_key::LIFETIME_SECONDS_MAX;
use crate::{Caller, Credential, Error, Live, Unauthenticated};
use agency::Wanted;
use countersign_token::{AuditId, Claims, Lifetime, Methods, Scope};
use countersign_types::{Timestamp, Token};
pub(crate) use login::Login;
use proof::Proven;

/// For how long services are told about a token that has ended.
pub(crate) const RECENT_SECONDS: u64 = 24 * 60 * 60;

/// A wish for a token.
pub struct TokenRequest {
    /// What the requester shows.
    pub proof: Proof,
    /// What the token shall act on.
    pub scope: ScopeRequest,
}

/// A new token.
pub struct Issued {
    /// The token.
    pub token: Token,
    /// Whom it makes its bearer.
    pub caller: Caller,
}

impl Live {
    /// Makes a token. With a password this takes as long as a password hash takes, for any outcome.
    ///
    /// # Errors
    /// [`Unauthenticated`] for a proof that does not hold or a scope without a role in it, [`Error::Forbidden`] and
    /// [`Error::NotFound`] for an agency, or a fault.
    pub fn issue(&self, request: TokenRequest) -> Result<Issued, Error> {
        let now = self.now();
        let proven = self.prove(request.proof, now)?;
        // A login is slow: what changed meanwhile counts.
        let directory = self.directory()?;
        let scope = directory.resolve(&proven, &request.scope).ok_or(Unauthenticated::Scope)?;
        let claims = self.claims(proven, scope, now, LIFETIME_SECONDS_MAX);
        let caller = directory.admit_claims(claims.clone(), now).map_err(|_| Unauthenticated::Scope)?;
        Ok(Issued { token: directory.ring.issue(&claims, self.nonce()), caller })
    }

    /// Who shows this token.
    ///
    /// # Errors
    /// [`Unauthenticated`], or a fault.
    pub fn admit_token(&self, token: &str) -> Result<Caller, Error> {
        let directory = self.directory()?;
        let now = self.now();
        let verified = self.tokens_seen().open(directory.ring.opening_keys(), token, now)?;
        Ok(directory.admit(&verified, now)?)
    }

    /// Who shows this token, or showed it until it ended within the last day. Services ask so about work that was
    /// begun in time and took long.
    ///
    /// # Errors
    /// As [`Live::admit_token`].
    pub fn admit_recent_token(&self, token: &str) -> Result<Caller, Error> {
        let directory = self.directory()?;
        let now = self.now();
        let then = Timestamp::from_unix_nanos(now.unix().saturating_sub(RECENT_SECONDS), now.subsec_nanos());
        let verified = self.tokens_seen().open(directory.ring.opening_keys(), token, then)?;
        Ok(directory.admit(&verified, now)?)
    }

    fn prove(&self, proof: Proof, now: Timestamp) -> Result<Proven, Error> {
        match proof {
            Proof::Password { user, password, passcode, source } => {
                let login = Login { user: &user, password: &password, passcode: passcode.as_ref(), source };
                self.log_in(&login, now)
            }
            Proof::Token(token) => self.prove_token(&token),
            Proof::AccessKey { access_key, secret_key } => self.prove_access_key(&access_key, &secret_key),
            Proof::IdToken { identity_provider, token } => {
                self.prove_id_token(&identity_provider, &token, now)
            }
            Proof::ApplicationCredential { credential, secret, source } => {
                self.prove_application_credential(&credential, &secret, source, now)
            }
            Proof::Agency { caller, domain, agency, only } => {
                let wanted = Wanted { domain: &domain, agency: &agency, only: only.as_deref() };
                self.take_on(&caller, &wanted, now)
            }
        }
    }

    fn prove_token(&self, token: &Token) -> Result<Proven, Error> {
        let caller = self.admit_token(token.expose())?;
        let Credential::Token(claims) = caller.credential else { return Err(Unauthenticated::Stale.into()) };
        Ok(Proven {
            who: caller.who,
            limits: caller.limits,
            methods: claims.methods.and(Methods::TOKEN),
            chain: Some(claims.chain),
            ends: Some(claims.lifetime.expires),
        })
    }

    pub(crate) fn nonce(&self) -> [u8; 24] {
        let mut nonce = [0; 24];
        (self.identity.random)(&mut nonce);
        nonce
    }

    /// Claims for at most `seconds`; nothing obtained by a credential outlives it.
    fn claims(&self, proven: Proven, scope: Scope, now: Timestamp, seconds: u64) -> Claims {
        let Proven { who, limits, methods, chain, ends } = proven;
        let now = now.floor_millis();
        let mut audit_id = AuditId([0; 16]);
        (self.identity.random)(&mut audit_id.0);
        let full = Timestamp::from_unix_nanos(now.unix() + seconds, now.subsec_nanos());
        let (subject, epoch, assumed_by) = who.subject();
        Claims {
            subject,
            epoch,
            domain_id: who.domain_id().clone(),
            scope,
            methods,
            lifetime: Lifetime { issued: now, expires: ends.map_or(full, |ends| ends.min(full)) },
            audit_id,
            chain: chain.unwrap_or(audit_id),
            assumed_by,
            only: limits.only,
        }
    }
}
