//! Users.

use super::{AccessMode, Profile};
use crate::Error;
use countersign_store::Document;
use countersign_types::{DomainId, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// A user of an account.
///
/// Its `Debug` leaves the password hash out.
#[derive(Clone, Serialize, Deserialize)]
pub struct User {
    /// Its id.
    pub id: UserId,
    /// The account.
    pub domain_id: DomainId,
    /// Unique in the account.
    pub name: String,
    /// Argon2id in PHC form.
    pub password_hash: String,
    /// A disabled user does not authenticate.
    pub enabled: bool,
    /// In which ways it may come.
    #[serde(default)]
    pub access_mode: AccessMode,
    /// What else is known about it.
    #[serde(default)]
    pub profile: Profile,
    /// Free text.
    #[serde(default)]
    pub description: String,
    /// Goes up when everything issued to the user must become invalid: a new password, disabling, enabling.
    #[serde(default)]
    pub epoch: u32,
    /// When it was created.
    pub created: Timestamp,
}

impl User {
    /// Refuses a user that comes by a console only.
    ///
    /// # Errors
    /// [`Error::ConsoleOnly`].
    pub(crate) fn require_programmatic(&self) -> Result<(), Error> {
        if self.access_mode == AccessMode::Console { Err(Error::ConsoleOnly) } else { Ok(()) }
    }
}

impl std::fmt::Debug for User {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { id, domain_id, name, enabled, epoch, .. } = self;
        write!(f, "User {{ {id:?}, {domain_id:?}, {name:?}, enabled: {enabled}, epoch: {epoch} }}")
    }
}

impl Document for User {
    const KIND: &'static str = "user";
    fn scope(&self) -> &str {
        self.domain_id.as_str()
    }
    fn id(&self) -> &str {
        self.id.as_str()
    }
    fn names(&self) -> Vec<String> {
        vec![self.name.clone()]
    }
}
