//! Users.

use super::{Profile, UserAccess};
use crate::Error;
use countersign_store::{Document, Link};
use countersign_types::{DomainId, IdentityProviderId, Timestamp, UserId};
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
    pub access_mode: UserAccess,
    /// What else is known about it.
    #[serde(default)]
    pub profile: Profile,
    /// Free text.
    #[serde(default)]
    pub description: String,
    /// Goes up when everything issued to the user must become invalid: a new password, disabling, enabling.
    #[serde(default)]
    pub epoch: u32,
    /// Where the user comes from, unless it is the account's own.
    #[serde(default)]
    pub federated: Option<Federated>,
    /// When it was created.
    pub created: Timestamp,
}

impl User {
    /// Refuses a user that comes by a console only.
    ///
    /// # Errors
    /// [`Error::ConsoleOnly`].
    pub(crate) fn require_programmatic(&self) -> Result<(), Error> {
        if self.access_mode == UserAccess::Console { Err(Error::ConsoleOnly) } else { Ok(()) }
    }
}

/// A person of an identity provider, who logs in there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Federated {
    /// The provider.
    pub identity_provider: IdentityProviderId,
    /// Names the person there.
    pub subject: String,
}

impl Federated {
    /// Under this name the user is found. It has a control character, which names given by people have not.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}\u{1f}{}", self.identity_provider, self.subject)
    }

    /// The link by which a provider's users are found.
    pub(crate) fn link(identity_provider: &IdentityProviderId) -> Link {
        Link::new("identity_provider", identity_provider.as_str())
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
        let key = self.federated.as_ref().map(Federated::key);
        std::iter::once(self.name.clone()).chain(key).collect()
    }
    fn links(&self) -> Vec<Link> {
        let federated = self.federated.as_ref();
        federated.map(|federated| Federated::link(&federated.identity_provider)).into_iter().collect()
    }
}
