//! The stored objects of the identity service.

use countersign_store::{Document, Link};
use countersign_types::{AccessKeyId, DomainId, ProjectId, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// Scope of objects that belong to the installation and not to an account.
const EVERYWHERE: &str = "";

/// An account; called "domain" on the wire.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Domain {
    /// Its id.
    pub id: DomainId,
    /// Unique in the installation.
    pub name: String,
    /// Nothing of a disabled account authenticates.
    pub enabled: bool,
    /// When it was created.
    pub created: Timestamp,
}

/// A project of an account; its name is the region's name for the built-in one.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Project {
    /// Its id.
    pub id: ProjectId,
    /// The account.
    pub domain_id: DomainId,
    /// Unique in the account.
    pub name: String,
    /// Nothing in a disabled project authenticates.
    pub enabled: bool,
    /// When it was created.
    pub created: Timestamp,
}

/// A user of an account.
#[derive(Debug, Clone, Serialize, Deserialize)]
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
    /// When it was created.
    pub created: Timestamp,
}

/// A permanent access key of a user.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AccessKey {
    /// AK: 20 characters `A-Z0-9` when created here.
    pub id: AccessKeyId,
    /// The user it stands for.
    pub user_id: UserId,
    /// The user's account.
    pub domain_id: DomainId,
    /// SK, sealed under [`AccessKey::context`].
    pub sealed_secret: String,
    /// An inactive key does not authenticate.
    pub active: bool,
    /// When it was created.
    pub created: Timestamp,
}

impl AccessKey {
    /// What the sealed secret is bound to.
    #[must_use]
    pub fn context(id: &AccessKeyId, user_id: &UserId) -> String {
        format!("access_key/{user_id}/{id}")
    }
}

impl Document for Domain {
    const KIND: &'static str = "domain";
    fn scope(&self) -> &str {
        EVERYWHERE
    }
    fn id(&self) -> &str {
        self.id.as_str()
    }
    fn names(&self) -> Vec<String> {
        vec![self.name.clone()]
    }
}

impl Document for Project {
    const KIND: &'static str = "project";
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

impl Document for AccessKey {
    const KIND: &'static str = "access_key";
    fn scope(&self) -> &str {
        EVERYWHERE
    }
    fn id(&self) -> &str {
        self.id.as_str()
    }
    fn links(&self) -> Vec<Link> {
        vec![Link::new("user", self.user_id.as_str())]
    }
}
