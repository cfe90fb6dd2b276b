//! Permanent access keys.

use super::EVERYWHERE;
use countersign_store::{Document, Link};
use countersign_types::{AccessKeyId, DomainId, Timestamp, UserId};
use serde::{Deserialize, Serialize};

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
    /// Free text.
    #[serde(default)]
    pub description: String,
    /// When it was created.
    pub created: Timestamp,
}

impl AccessKey {
    /// What the sealed secret is bound to.
    #[must_use]
    pub fn context(id: &AccessKeyId, user_id: &UserId) -> String {
        format!("access_key/{user_id}/{id}")
    }

    /// The link by which a user's keys are found.
    pub(crate) fn owner(&self) -> Link {
        Link::new("user", self.user_id.as_str())
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
        vec![self.owner()]
    }
}
