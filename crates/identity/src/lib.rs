//! The identity service's use-cases: accounts (domains), projects, users, groups, roles, agencies, access keys
//! and tokens.
//!
//! Passwords are kept as Argon2id hashes, secret keys and token keys sealed by the [`Vault`]. The crate knows no
//! HTTP; what it returns are domain values. Time and randomness are arguments.
//!
//! [`Identity`] writes to the store. [`Live`] answers: it holds the latest [`Directory`], an immutable view of all
//! records, and makes and checks tokens against it. A [`Caller`] is the proof that somebody was authenticated.
//!
//! The first start calls [`Identity::bootstrap`] once.

mod access_key;
mod account;
mod admit;
mod authorize;
mod bootstrap;
mod caller;
mod directory;
mod error;
mod generate;
mod hashing;
mod issue;
mod limits;
mod live;
mod lockout;
mod manage;
mod message;
mod own;
mod password;
mod record;
mod revoke;
mod role;
mod token_key;
mod uses;

pub use access_key::Principal;
pub use bootstrap::{Administrator, Bootstrap, Keep};
pub use caller::{Caller, Credential, Who};
pub use directory::{Directory, Table, Target};
pub use error::{Error, Unauthenticated};
pub use issue::{
    ApplicationCredentialRef, DomainRef, Duration, Issued, Longest, ProjectRef, Proof, ScopeRequest,
    TemporaryRequest, TokenRequest, UserRef,
};
pub use limits::Limits;
pub use live::Live;
pub use manage::{
    AgencyDraft, ApplicationCredentialDraft, DomainDraft, Grant, GroupDraft, IdentityProviderDraft,
    NewDomain, OIDC, OidcDraft, PolicyDraft, ProfileDraft, ProjectDraft, UserDraft,
};
pub use password::PASSWORD_BYTES_MAX;
pub use record::{
    AccessKey, AccessMode, Actor, Agency, ApplicationCredential, Assignment, Browser, CustomPolicy, Domain,
    Federated, IdentityProvider, LastUse, LoginProtect, MappingRecord, Membership, OidcConfig, Place,
    Profile, Project, ProjectStatus, Revocation, TokenKeyRecord, TokenKeyState, User, UserAccess, UserGroup,
    VerificationMethod,
};
pub use role::{
    AGENT_OPERATOR, BuiltIn, IAM_FULL_ACCESS, IAM_READ_ONLY_ACCESS, ROLES, Reach, Role, RoleKind,
    SECURITY_ADMINISTRATOR, SERVICE, TENANT_ADMINISTRATOR, TENANT_GUEST,
};

pub use countersign_policy::Error as PolicyError;

use countersign_store::{Store, Vault};
use countersign_types::Timestamp;
use std::sync::Arc;

/// What the use-cases need from outside.
#[derive(Clone)]
pub struct Identity {
    /// Where everything lives.
    pub store: Arc<dyn Store>,
    /// Seals secret keys.
    pub vault: Arc<dyn Vault>,
    /// The current time.
    pub now: fn() -> Timestamp,
    /// Fills the buffer from a cryptographic random source.
    pub random: fn(&mut [u8]),
}
