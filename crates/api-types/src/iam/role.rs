//! Roles, and who has which where.

use super::link::SelfLink;
use super::token::NamedView;
use serde::{Deserialize, Serialize};

/// A role.
#[derive(Serialize)]
pub struct RoleListed {
    /// Its id.
    pub id: String,
    /// Internal name.
    pub name: String,
    /// Name for people.
    pub display_name: String,
    /// Service it belongs to.
    pub catalog: String,
    /// What it gives.
    pub description: String,
    /// Where it can be given: `AX` the account, `XA` projects, `AA` both.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The account whose own it is; null for a built-in one.
    pub domain_id: Option<String>,
    /// What can be done with it.
    pub options: RoleOptions,
    /// Where it is described.
    pub links: SelfLink,
    /// `fine_grained`, when it lists actions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flag: Option<&'static str>,
    /// What it gives, in Chinese.
    pub description_cn: String,
    /// What it says.
    pub policy: serde_json::Value,
    /// When it was created, in milliseconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_time: Option<String>,
    /// When it was changed last, in milliseconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_time: Option<String>,
    /// How often it is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub references: Option<usize>,
}

/// Body of creating or changing a custom policy.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleWrite {
    /// Its only member; each of its own has an error code of its own.
    pub role: serde_json::Value,
}

/// What can be done with a role.
#[derive(Serialize)]
pub struct RoleOptions {
    /// Whether it can be neither changed nor deleted, as all that are built in.
    pub immutable: bool,
}

/// A role that somebody has somewhere.
#[derive(Serialize)]
pub struct AssignmentView {
    /// The role.
    pub role: Reference,
    /// Who has it, when that is a user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<Reference>,
    /// Who has it, when that is a group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<Reference>,
    /// Who has it, when that is an agency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agency: Option<Reference>,
    /// Where.
    pub scope: AssignmentScope,
    /// Where it is described.
    pub links: AssignmentLinks,
}

/// Something by its id, and by its name when names were asked for.
#[derive(Serialize)]
pub struct Reference {
    /// The id.
    pub id: String,
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The account of what is not an account or role itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<NamedView>,
}

/// Where a role holds.
#[derive(Serialize)]
pub struct AssignmentScope {
    /// In a project.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project: Option<Reference>,
    /// For an account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<Reference>,
    /// `projects`, when it holds in all of the account's.
    #[serde(rename = "OS-INHERIT:inherited_to", skip_serializing_if = "Option::is_none")]
    pub inherited_to: Option<&'static str>,
}

/// A role that somebody has somewhere, by ids only.
#[derive(Serialize)]
pub struct GivenView {
    /// Who has it, when that is a user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<IdView>,
    /// Who has it, when that is a group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<IdView>,
    /// Who has it, when that is an agency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agency: Option<IdView>,
    /// The role.
    pub role: IdView,
    /// Where.
    pub scope: GivenScope,
    /// Whether it holds in all projects of the account.
    pub is_inherited: bool,
}

/// Where a role holds: in a project or for an account.
#[derive(Serialize)]
pub struct GivenScope {
    /// The project.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project: Option<IdView>,
    /// The account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<IdView>,
}

/// Something by its id.
#[derive(Serialize)]
pub struct IdView {
    /// The id.
    pub id: String,
}

/// Where an assignment is described.
#[derive(Serialize)]
pub struct AssignmentLinks {
    /// Its address.
    pub assignment: String,
}
