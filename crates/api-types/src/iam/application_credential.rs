//! Application credentials.

use super::link::SelfLink;
use super::role::RoleOptions;
use serde::{Deserialize, Serialize};

/// Body of creating an application credential.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApplicationCredentialCreate {
    /// Its only member.
    pub application_credential: ApplicationCredentialFields,
}

/// What it shall be.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApplicationCredentialFields {
    /// Unique among those of the user.
    pub name: String,
    /// Free text.
    pub description: Option<String>,
    /// A secret of the user's choice.
    pub secret: Option<String>,
    /// Roles that the caller has; all of them when there are none here.
    pub roles: Option<Vec<RoleName>>,
    /// Whether it may make further credentials.
    pub unrestricted: Option<bool>,
    /// When it ends.
    pub expires_at: Option<String>,
    /// The project, which is that of the token.
    pub project_id: Option<String>,
    /// Which requests it may make.
    pub access_rules: Option<Vec<serde_json::Value>>,
}

/// A role by id or by name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleName {
    /// Id.
    pub id: Option<String>,
    /// Internal name.
    pub name: Option<String>,
    /// Sent by clients, not used.
    pub domain_id: Option<String>,
}

/// An application credential.
#[derive(Serialize)]
pub struct ApplicationCredentialView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Free text.
    pub description: Option<String>,
    /// Whose it is.
    pub user_id: String,
    /// Where it acts.
    pub project_id: String,
    /// Always null: it never acts on the installation as a whole.
    pub system: Option<String>,
    /// What it gives at most.
    pub roles: Vec<CredentialRoleView>,
    /// When it ends.
    pub expires_at: Option<String>,
    /// Whether it may make further credentials.
    pub unrestricted: bool,
    /// Its secret; only in the answer to its creation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
    /// Where it is described.
    pub links: SelfLink,
}

/// A role of an application credential.
#[derive(Serialize)]
pub struct CredentialRoleView {
    /// Id.
    pub id: String,
    /// Internal name.
    pub name: String,
    /// The account that it is a role of; null for built-in roles.
    pub domain_id: Option<String>,
    /// What it gives.
    pub description: String,
    /// What can be done with it.
    pub options: RoleOptions,
}
