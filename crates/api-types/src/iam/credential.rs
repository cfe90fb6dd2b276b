//! Permanent access keys and temporary key pairs.

use serde::{Deserialize, Serialize};

/// Body of creating an access key.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessKeyCreate {
    /// Its only member.
    pub credential: AccessKeyOfUser,
}

/// Whose key.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessKeyOfUser {
    /// The user.
    pub user_id: String,
    /// Free text.
    #[serde(default)]
    pub description: String,
}

/// Body of changing an access key.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessKeyUpdate {
    /// Its only member.
    pub credential: AccessKeyChange,
}

/// What to change.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessKeyChange {
    /// Whether the key authenticates.
    pub status: Option<AccessKeyStatus>,
    /// Free text.
    pub description: Option<String>,
}

/// Whether an access key authenticates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AccessKeyStatus {
    /// It does.
    Active,
    /// It does not.
    Inactive,
}

/// An access key.
#[derive(Serialize)]
pub struct AccessKeyView {
    /// AK.
    pub access: String,
    /// SK; only in the answer to its creation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
    /// Whether it authenticates.
    pub status: AccessKeyStatus,
    /// Whose it is.
    pub user_id: String,
    /// When it was created.
    pub create_time: String,
    /// Free text.
    pub description: String,
}

/// Body of obtaining a temporary key pair.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemporaryCreate {
    /// Its only member.
    pub auth: TemporaryAuth,
}

/// The proof.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemporaryAuth {
    /// The proof.
    pub identity: TemporaryIdentity,
}

/// The method and a member of its name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemporaryIdentity {
    /// One name of a method.
    pub methods: Vec<String>,
    /// Of method `token`.
    pub token: Option<TemporaryToken>,
    /// Of method `assume_role`.
    pub assume_role: Option<TemporaryAssumeRole>,
    /// A document that narrows the rights.
    pub policy: Option<serde_json::Value>,
}

/// A token, in the body or in `X-Auth-Token`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemporaryToken {
    /// The token.
    pub id: Option<String>,
    /// For how long.
    pub duration_seconds: Option<u64>,
}

/// An agency of another account.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemporaryAssumeRole {
    /// The account that delegates, by id.
    pub domain_id: Option<String>,
    /// The account that delegates, by name.
    pub domain_name: Option<String>,
    /// Name of the agency.
    #[serde(alias = "xrole_name")]
    pub agency_name: String,
    /// For how long.
    pub duration_seconds: Option<u64>,
    /// Who acts, for logs.
    pub session_user: Option<SessionUser>,
}

/// Who acts, for logs.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionUser {
    /// Name.
    pub name: String,
}

/// A temporary key pair.
#[derive(Serialize)]
pub struct TemporaryView {
    /// AK.
    pub access: String,
    /// SK.
    pub secret: String,
    /// What must accompany every request signed with the pair.
    pub securitytoken: String,
    /// When it ends.
    pub expires_at: String,
}
