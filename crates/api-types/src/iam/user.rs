//! Users and groups.

use super::link::{NoOptions, SelfLink};
use serde::{Deserialize, Serialize};

/// Body of creating or changing a user.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UserWrite {
    /// Its only member.
    pub user: UserFields,
}

/// What to set; everything else stays.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UserFields {
    /// Unique in the account.
    pub name: Option<String>,
    /// The account.
    pub domain_id: Option<String>,
    /// The password.
    pub password: Option<String>,
    /// Whether the user authenticates.
    pub enabled: Option<bool>,
    /// Free text.
    pub description: Option<String>,
    /// Whether the user is asked for a new password at its next visit of a console.
    pub pwd_status: Option<bool>,
    /// Sent by clients, not used.
    pub options: Option<serde_json::Map<String, serde_json::Value>>,
}

/// Body of a user's change of its own password.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PasswordWrite {
    /// Its only member.
    pub user: PasswordChange,
}

/// The old and the new password.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    /// The old one.
    pub original_password: String,
    /// The new one.
    pub password: String,
}

/// A user.
#[derive(Serialize)]
pub struct UserListed {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its account.
    pub domain_id: String,
    /// Whether it authenticates.
    pub enabled: bool,
    /// Free text.
    pub description: String,
    /// Always null: passwords do not end by themselves.
    pub password_expires_at: Option<String>,
    /// Always empty.
    pub options: NoOptions,
    /// Where it is described.
    pub links: SelfLink,
}

/// Body of creating or changing a group.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupWrite {
    /// Its only member.
    pub group: GroupFields,
}

/// What to set; everything else stays.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupFields {
    /// Unique in the account.
    pub name: Option<String>,
    /// The account.
    pub domain_id: Option<String>,
    /// Free text.
    pub description: Option<String>,
}

/// A group of users.
#[derive(Serialize)]
pub struct UserGroupView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its account.
    pub domain_id: String,
    /// Free text.
    pub description: String,
    /// When it was created, in milliseconds since 1970.
    pub create_time: u64,
    /// Where it is described.
    pub links: SelfLink,
}
