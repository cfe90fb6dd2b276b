//! Application credentials: a user makes them for its own programs.

use super::user_draft::check_password;
use super::users::require_native;
use super::{check_description, check_name};
use crate::issue::RECENT_SECONDS;
use crate::token_key::LIFETIME_SECONDS_MAX;
use crate::{ApplicationCredential, Caller, Error, Live, Revocation, Target, User};
use countersign_store::{Document, Link, Scope, delete, put, write};
use countersign_types::{ApplicationCredentialId, ProjectId, RoleId, SecretKey, Timestamp};
use std::sync::Arc;

/// Most application credentials of one user.
const CREDENTIALS_MAX: usize = 64;
/// Most roles that one names.
const ROLES_MAX: usize = 64;

/// A wish for an application credential. It acts in the project that the caller's token acts in.
pub struct ApplicationCredentialDraft {
    /// Unique among those of the user.
    pub name: String,
    /// Free text.
    pub description: Option<String>,
    /// A secret of the user's choice; without one, it is random.
    pub secret: Option<SecretKey>,
    /// Ids or internal names of roles that the caller has; `None` for all of them.
    pub roles: Option<Vec<String>>,
    /// Whether it may make further credentials.
    pub unrestricted: bool,
    /// From when on nobody authenticates with it.
    pub expires: Option<Timestamp>,
}

impl Live {
    /// Makes an application credential of the caller; the secret is returned here and never again.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for another user, for borrowed, temporary and restricted credentials;
    /// [`Error::Invalid`], [`Error::NameTaken`], [`Error::LimitReached`], [`Error::Busy`], or a fault.
    pub fn create_application_credential(
        &self,
        caller: &Caller,
        user_id: &str,
        draft: ApplicationCredentialDraft,
    ) -> Result<(ApplicationCredential, SecretKey), Error> {
        let user = caller.require_own(user_id)?;
        caller.require_permanent()?;
        require_native(user)?;
        let project_id = project_of(caller)?;
        self.check(&draft)?;
        let roles = roles_of(caller, draft.roles.as_deref())?;
        let secret = draft.secret.unwrap_or_else(|| self.identity.new_application_secret());
        let credential = ApplicationCredential {
            id: ApplicationCredentialId::parse(&self.identity.new_id())
                .expect("hex digits are an identifier"),
            user_id: user.id.clone(),
            domain_id: user.domain_id.clone(),
            project_id,
            name: draft.name,
            description: draft.description,
            roles,
            secret_hash: self.hash(&secret)?,
            unrestricted: draft.unrestricted,
            expires: draft.expires,
            created: self.now(),
        };
        self.store_application_credential(&credential)?;
        Ok((credential, secret))
    }

    /// Deletes an application credential; everything obtained by it ends, wherever it is checked.
    ///
    /// # Errors
    /// [`Error::Forbidden`], [`Error::NotFound`], or a fault.
    pub fn delete_application_credential(
        &self,
        caller: &Caller,
        user_id: &str,
        id: &str,
    ) -> Result<(), Error> {
        if caller.require_own(user_id).is_ok() {
            caller.require_permanent()?;
        }
        let user = self.directory()?.user_for(caller, user_id, "iam:credentials:deleteCredential")?;
        // Nothing that was obtained by it is told about any longer.
        let over = Timestamp::from_unix(self.now().unix() + LIFETIME_SECONDS_MAX + RECENT_SECONDS + 1);
        write(self.identity.store.as_ref(), |writer| {
            if !delete::<ApplicationCredential>(writer, user.id.as_str(), id)? {
                return Err(Error::NotFound { kind: "application credential", id: id.to_owned() });
            }
            Ok(put(writer, &Revocation { audit_id: id.to_owned(), expires: over })?)
        })
    }

    fn check(&self, draft: &ApplicationCredentialDraft) -> Result<(), Error> {
        check_name(&draft.name)?;
        draft.description.as_deref().map_or(Ok(()), check_description)?;
        draft.secret.as_ref().map_or(Ok(()), check_password)?;
        if draft.expires.is_some_and(|expires| expires <= self.now()) {
            return Err(Error::Invalid { field: "expires_at", reason: "a time to come" });
        }
        Ok(())
    }

    fn store_application_credential(&self, credential: &ApplicationCredential) -> Result<(), Error> {
        write(self.identity.store.as_ref(), |writer| {
            let link = Link::new("user", credential.user_id.as_str());
            let held = writer.count(ApplicationCredential::KIND, Scope::All, Some(&link))?;
            if held >= CREDENTIALS_MAX {
                return Err(Error::LimitReached { kind: "application credentials", max: CREDENTIALS_MAX });
            }
            Ok(put(writer, credential)?)
        })
    }
}

impl Caller {
    /// The caller as the user of this id.
    ///
    /// # Errors
    /// [`Error::Forbidden`] when it is another one.
    fn require_own(&self, user_id: &str) -> Result<&Arc<User>, Error> {
        self.who.user().filter(|user| user.id.as_str() == user_id).ok_or(Error::Forbidden)
    }
}

fn project_of(caller: &Caller) -> Result<ProjectId, Error> {
    match &caller.target {
        Target::Project(project) => Ok(project.id.clone()),
        _ => Err(Error::Invalid { field: "X-Auth-Token", reason: "a token for a project" }),
    }
}

/// The caller's roles of these ids or names.
fn roles_of(caller: &Caller, wanted: Option<&[String]>) -> Result<Vec<RoleId>, Error> {
    let Some(wanted) = wanted else { return Ok(caller.roles.iter().map(|role| role.id.clone()).collect()) };
    if wanted.len() > ROLES_MAX {
        return Err(Error::Invalid { field: "roles", reason: "at most 64 roles" });
    }
    let held =
        |name: &String| caller.roles.iter().find(|role| role.id.as_str() == name || role.name == *name);
    let roles = wanted.iter().map(|name| held(name).map(|role| role.id.clone())).collect::<Option<_>>();
    roles.ok_or(Error::Invalid { field: "roles", reason: "roles that the token has" })
}
