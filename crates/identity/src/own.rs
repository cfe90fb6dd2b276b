//! What a user may do with its own affairs, and an administrator with those of its account's users.

use crate::{Caller, Credential, Directory, Error, User, Who};
use std::sync::Arc;

impl Directory {
    /// The user with this id: when it is the caller itself, or the caller may do the action with that user.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] for somebody else's user; [`Error::NotFound`] when the caller's account has none such.
    pub fn user_for(&self, caller: &Caller, id: &str, action: &str) -> Result<Arc<User>, Error> {
        caller.require_for_user(action, id)?;
        let user = self.users.find(id).filter(|user| user.domain_id == caller.domain.id);
        user.cloned().ok_or_else(|| Error::NotFound { kind: "user", id: id.to_owned() })
    }
}

impl Caller {
    /// Refuses callers that act with borrowed, temporary or limited rights: what they would make could outlive those
    /// or give more.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub fn require_permanent(&self) -> Result<(), Error> {
        match (&self.who, &self.credential) {
            (Who::User(_), Credential::Token(_) | Credential::AccessKey(_))
                if self.limits.allow_further_credentials() =>
            {
                Ok(())
            }
            _ => Err(Error::Forbidden),
        }
    }
}
