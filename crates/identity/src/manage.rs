//! Administration: users, groups, projects, roles given, agencies. Everything stays within the caller's account.

mod agencies;
mod application_credentials;
mod domains;
mod grants;
mod groups;
mod identity_providers;
mod mappings;
mod oidc;
mod policies;
mod projects;
mod user_draft;
mod users;

pub use agencies::AgencyDraft;
pub use application_credentials::ApplicationCredentialDraft;
pub use domains::{DomainDraft, NewDomain};
pub use grants::Grant;
pub use groups::GroupDraft;
pub use identity_providers::{IdentityProviderDraft, OIDC};
pub use oidc::OidcDraft;
pub use policies::PolicyDraft;
pub use projects::ProjectDraft;
pub use user_draft::{ProfileDraft, UserDraft};
pub(crate) use users::require_native;

use crate::{Caller, Error};
use countersign_store::{Document, Reader, find};

/// Longest name of anything, in characters.
const NAME_CHARS_MAX: usize = 64;
/// Longest free text, in characters.
const DESCRIPTION_CHARS_MAX: usize = 255;

impl Caller {
    /// Refuses an account that is not the caller's; naming none means the caller's.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub fn require_domain(&self, id: Option<&str>) -> Result<(), Error> {
        if id.is_none_or(|id| id == self.domain.id.as_str()) { Ok(()) } else { Err(Error::Forbidden) }
    }
}

/// The record of the caller's account.
fn get<T: Document>(reader: &dyn Reader, caller: &Caller, kind: &'static str, id: &str) -> Result<T, Error> {
    let found = find(reader, caller.domain.id.as_str(), id)?;
    found.ok_or_else(|| Error::NotFound { kind, id: id.to_owned() })
}

pub(crate) fn check_name(name: &str) -> Result<(), Error> {
    let is_good = !name.trim().is_empty()
        && name.chars().count() <= NAME_CHARS_MAX
        && !name.chars().any(char::is_control);
    if is_good { Ok(()) } else { Err(Error::Invalid { field: "name", reason: "1 to 64 visible characters" }) }
}

fn check_description(description: &str) -> Result<(), Error> {
    if description.chars().count() <= DESCRIPTION_CHARS_MAX {
        Ok(())
    } else {
        Err(Error::Invalid { field: "description", reason: "at most 255 characters" })
    }
}
