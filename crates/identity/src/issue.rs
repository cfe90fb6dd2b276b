//! From a proof to a token.

mod agency;
mod federated;
mod login;
mod scope;
mod temporary;

pub use scope::{DomainRef, ProjectRef, ScopeRequest};
pub use temporary::{Duration, Longest, TemporaryRequest};

use crate::token_key::LIFETIME_SECONDS_MAX;
use crate::{Caller, Credential, Directory, Error, Live, Unauthenticated, Who};
use countersign_token::{AuditId, Claims, Lifetime, Methods, Scope};
use countersign_types::{AccessKeyId, SecretKey, Timestamp, Token};
use std::net::IpAddr;

/// A wish for a token.
pub struct TokenRequest {
    /// What the requester shows.
    pub proof: Proof,
    /// What the token shall act on.
    pub scope: ScopeRequest,
}

/// What a requester shows.
pub enum Proof {
    /// A password.
    Password {
        /// Whose.
        user: UserRef,
        /// The password.
        password: SecretKey,
        /// Where the request comes from, if that is known; guessing is counted by source.
        source: Option<IpAddr>,
    },
    /// Another token.
    Token(Token),
    /// An access key with its secret.
    AccessKey {
        /// AK.
        access_key: AccessKeyId,
        /// SK.
        secret_key: SecretKey,
    },
    /// A token of an identity provider.
    IdToken {
        /// Id of the provider.
        identity_provider: String,
        /// The token.
        token: Token,
    },
    /// An agency, by a caller who is authenticated already.
    Agency {
        /// Who acts as the agency.
        caller: Box<Caller>,
        /// The account that delegates.
        domain: DomainRef,
        /// Name of the agency.
        agency: String,
    },
}

/// Names a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UserRef {
    /// By id.
    Id(String),
    /// By name within an account.
    Name {
        /// The account.
        domain: DomainRef,
        /// The name.
        name: String,
    },
}

/// A new token.
pub struct Issued {
    /// The token.
    pub token: Token,
    /// Whom it makes its bearer.
    pub caller: Caller,
}

/// What a proof amounts to.
pub(crate) struct Proven {
    who: Who,
    methods: Methods,
    /// Chain and end of the credential that was shown, if it has an end of its own.
    parent: Option<(AuditId, Timestamp)>,
    /// An end that comes from elsewhere.
    ends: Option<Timestamp>,
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
        let scope = directory.resolve(&proven.who, &request.scope).ok_or(Unauthenticated::Scope)?;
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
        let verified = directory.ring.opening_keys().open(token, now)?;
        Ok(directory.admit(&verified, now)?)
    }

    fn prove(&self, proof: Proof, now: Timestamp) -> Result<Proven, Error> {
        match proof {
            Proof::Password { user, password, source } => self.log_in(&user, &password, source, now),
            Proof::Token(token) => self.prove_token(&token),
            Proof::AccessKey { access_key, secret_key } => self.prove_access_key(&access_key, &secret_key),
            Proof::IdToken { identity_provider, token } => {
                self.prove_id_token(&identity_provider, &token, now)
            }
            Proof::Agency { caller, domain, agency } => self.take_on(*caller, &domain, &agency, now),
        }
    }

    fn prove_token(&self, token: &Token) -> Result<Proven, Error> {
        let caller = self.admit_token(token.expose())?;
        let Credential::Token(claims) = caller.credential else { return Err(Unauthenticated::Stale.into()) };
        Ok(Proven {
            who: caller.who,
            methods: claims.methods.and(Methods::TOKEN),
            parent: Some((claims.chain, claims.lifetime.expires)),
            ends: None,
        })
    }

    fn nonce(&self) -> [u8; 24] {
        let mut nonce = [0; 24];
        (self.identity.random)(&mut nonce);
        nonce
    }

    /// Claims for at most `seconds`; nothing obtained by a credential outlives it.
    fn claims(&self, proven: Proven, scope: Scope, now: Timestamp, seconds: u64) -> Claims {
        let Proven { who, methods, parent, ends } = proven;
        let now = now.floor_millis();
        let mut audit_id = AuditId([0; 16]);
        (self.identity.random)(&mut audit_id.0);
        let full = Timestamp::from_unix_nanos(now.unix() + seconds, now.subsec_nanos());
        let bounds = [parent.map(|(_, expires)| expires), ends];
        let (subject, epoch, assumed_by) = who.subject();
        Claims {
            subject,
            epoch,
            domain_id: who.domain_id().clone(),
            scope,
            methods,
            lifetime: Lifetime { issued: now, expires: bounds.into_iter().flatten().fold(full, Ord::min) },
            audit_id,
            chain: parent.map_or(audit_id, |(chain, _)| chain),
            assumed_by,
            only: None,
        }
    }
}

impl Directory {
    /// The scope asked for, by ids. A name without an account is one of the subject's own account.
    fn resolve(&self, who: &Who, request: &ScopeRequest) -> Option<Scope> {
        match request {
            ScopeRequest::Unscoped => Some(Scope::Unscoped),
            ScopeRequest::Project(project) => {
                self.find_project(who.domain_id(), project).map(|project| Scope::Project(project.id.clone()))
            }
            ScopeRequest::Domain(domain) => {
                self.find_domain(domain).map(|domain| Scope::Domain(domain.id.clone()))
            }
        }
    }
}
