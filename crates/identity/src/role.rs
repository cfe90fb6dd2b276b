//! Roles: what somebody may do, given for a place.

mod built_in;

pub(crate) use built_in::{ADMINISTRATORS, HELD};
pub use built_in::{
    AGENT_OPERATOR, BuiltIn, IAM_FULL_ACCESS, IAM_READ_ONLY_ACCESS, ROLES, SECURITY_ADMINISTRATOR, SERVICE,
    TENANT_ADMINISTRATOR, TENANT_GUEST,
};

use countersign_policy::Policy;
use countersign_types::{DomainId, RoleId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A role: a built-in one, or an account's own.
#[derive(Debug)]
pub struct Role {
    /// Its id.
    pub id: RoleId,
    /// The account whose own it is; `None` for a built-in one.
    pub domain_id: Option<DomainId>,
    /// Internal name, as in the body of a token.
    pub name: String,
    /// Name for people.
    pub display_name: String,
    /// Service it belongs to.
    pub catalog: String,
    /// What it gives.
    pub description: String,
    /// The same in Chinese, where somebody wrote it.
    pub description_cn: String,
    /// Where it can be given.
    pub reach: Reach,
    /// Whether it is a role of the older, coarse kind or a policy.
    pub kind: RoleKind,
    /// What it says, as a document.
    pub document: Value,
    /// When it was created; `None` for a built-in one.
    pub created: Option<Timestamp>,
    /// When it was changed last, if ever.
    pub updated: Option<Timestamp>,
    pub(crate) policy: Policy,
}

/// Where a role can be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// For what belongs to the account as a whole.
    Domain,
    /// In projects.
    Project,
    /// Both.
    Everywhere,
}

/// Two generations of roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoleKind {
    /// Whoever has it may use a service.
    Role,
    /// Lists actions.
    Policy,
}
