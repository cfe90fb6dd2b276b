//! The stored objects of the identity service.

mod access_key;
mod agency;
mod application_credential;
mod assignment;
mod custom_policy;
mod domain;
mod group;
mod identity_provider;
mod last_use;
mod mapping;
mod profile;
mod project;
mod revocation;
mod token_key;
mod user;

pub use access_key::AccessKey;
pub use agency::Agency;
pub use application_credential::ApplicationCredential;
pub use assignment::{Actor, Assignment, Place};
pub use custom_policy::CustomPolicy;
pub use domain::Domain;
pub use group::{Membership, UserGroup};
pub use identity_provider::{AccessMode, Browser, IdentityProvider, OidcConfig};
pub use last_use::LastUse;
pub use mapping::MappingRecord;
pub use profile::{LoginProtect, Profile, UserAccess, VerificationMethod};
pub use project::{Project, ProjectStatus};
pub use revocation::Revocation;
pub use token_key::{TokenKeyRecord, TokenKeyState};
pub use user::{Federated, User};

/// Scope of objects that belong to the installation and not to an account.
const EVERYWHERE: &str = "";
