//! Groups of users, and who is in them.

use countersign_store::{Document, Link};
use countersign_types::{DomainId, Timestamp, UserGroupId, UserId};
use serde::{Deserialize, Serialize};

/// A group of users of an account; rights are given to groups.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct UserGroup {
    /// Its id.
    pub id: UserGroupId,
    /// The account.
    pub domain_id: DomainId,
    /// Unique in the account.
    pub name: String,
    /// Free text.
    pub description: String,
    /// When it was created.
    pub created: Timestamp,
}

/// A user's place in a group.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Membership {
    /// The account of both.
    pub domain_id: DomainId,
    /// The group.
    pub group_id: UserGroupId,
    /// The user.
    pub user_id: UserId,
    /// Address of the record: group and user.
    id: String,
}

impl Membership {
    /// The user as a member of the group.
    #[must_use]
    pub fn new(domain_id: DomainId, group_id: UserGroupId, user_id: UserId) -> Self {
        let id = Self::id_of(&group_id, &user_id);
        Self { domain_id, group_id, user_id, id }
    }

    /// Address of the record of this membership.
    #[must_use]
    pub fn id_of(group_id: &UserGroupId, user_id: &UserId) -> String {
        format!("{group_id}/{user_id}")
    }
}

impl Document for UserGroup {
    const KIND: &'static str = "user_group";
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

impl Document for Membership {
    const KIND: &'static str = "membership";
    fn scope(&self) -> &str {
        self.domain_id.as_str()
    }
    fn id(&self) -> &str {
        &self.id
    }
    fn links(&self) -> Vec<Link> {
        vec![Link::new("group", self.group_id.as_str()), Link::new("user", self.user_id.as_str())]
    }
}
