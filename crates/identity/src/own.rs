//! What a user may do with its own affairs, and an administrator with those of its account's users.

use crate::{Caller, Credential, Directory, Error, User, Who};
use std::sync::Arc;

impl Directory {
    /// The user with this id, for changing it: when it is the caller itself or the caller administers its account.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for somebody else's user; [`Error::NotFound`] when the caller's account has none such.
    pub fn user_of(&self, caller: &Caller, id: &str) -> Result<Arc<User>, Error> {
        if !is_itself(caller, id) {
            caller.require_administrator()?;
        }
        self.user_in(caller, id)
    }

    /// The user with this id, for looking at it: when it is the caller itself or the caller reads its account.
    ///
    /// # Errors
    /// As [`Directory::user_of`].
    pub fn user_shown_to(&self, caller: &Caller, id: &str) -> Result<Arc<User>, Error> {
        if !is_itself(caller, id) {
            caller.require_reader()?;
        }
        self.user_in(caller, id)
    }

    /// The user with this id: when it is the caller itself, or the caller may do the action with that user.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for somebody else's user; [`Error::NotFound`] when the caller's account has none such.
    pub fn user_for(&self, caller: &Caller, id: &str, action: &str) -> Result<Arc<User>, Error> {
        if !is_itself(caller, id) {
            caller.require(action, &caller.resource("user", id))?;
        }
        self.user_in(caller, id)
    }

    fn user_in(&self, caller: &Caller, id: &str) -> Result<Arc<User>, Error> {
        let user = self.users.find(id).filter(|user| user.domain_id == caller.domain.id);
        user.cloned().ok_or_else(|| Error::NotFound { kind: "user", id: id.to_owned() })
    }
}

fn is_itself(caller: &Caller, id: &str) -> bool {
    caller.who.user().is_some_and(|user| user.id.as_str() == id)
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
