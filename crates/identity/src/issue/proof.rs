//! What requesters show, and what it amounts to.

use super::DomainRef;
use crate::{Caller, Limits, Who};
use countersign_token::{AuditId, Methods, Scope};
use countersign_types::{AccessKeyId, SecretKey, Timestamp, Token};
use std::net::IpAddr;

/// What a requester shows.
pub enum Proof {
    /// A password.
    Password {
        /// Whose.
        user: UserRef,
        /// The password.
        password: SecretKey,
        /// The passcode of a second factor, if one is shown.
        passcode: Option<SecretKey>,
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
    /// An application credential with its secret.
    ApplicationCredential {
        /// Which.
        credential: ApplicationCredentialRef,
        /// Its secret.
        secret: SecretKey,
        /// Where the request comes from, as with a password.
        source: Option<IpAddr>,
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
        /// Ids or internal names of the only roles that are wanted of the agency's; `None` for all.
        only: Option<Vec<String>>,
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

/// Names an application credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApplicationCredentialRef {
    /// By id.
    Id(String),
    /// By name among those of a user.
    Name {
        /// The user.
        user: UserRef,
        /// The name.
        name: String,
    },
}

/// What a proof amounts to.
pub(crate) struct Proven {
    pub(super) who: Who,
    pub(super) limits: Limits,
    pub(super) methods: Methods,
    /// The chain that the credential that was shown belongs to, if it belongs to one.
    pub(super) chain: Option<AuditId>,
    /// When what was shown ends, if it ends by itself.
    pub(super) ends: Option<Timestamp>,
}

impl Proven {
    /// All that can be acted on by what was shown.
    pub(super) fn reach(&self) -> Scope {
        match &self.limits.application_credential {
            Some(credential) => Scope::Project(credential.project_id.clone()),
            None => Scope::Domain(self.who.domain_id().clone()),
        }
    }
}
