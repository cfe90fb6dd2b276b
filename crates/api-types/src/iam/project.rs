//! Projects and accounts.

use super::link::{NoOptions, NoTags, SelfLink};
use serde::{Deserialize, Serialize};

/// Body of creating or changing a project.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProjectWrite {
    /// Its only member.
    pub project: ProjectFields,
}

/// What to set; everything else stays.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProjectFields {
    /// Unique in the account.
    pub name: Option<String>,
    /// The region's project that it is part of; only when it is created.
    pub parent_id: Option<String>,
    /// The account.
    pub domain_id: Option<String>,
    /// Whether it is in use.
    pub enabled: Option<bool>,
    /// Free text.
    pub description: Option<String>,
    /// Sent by clients, not used.
    pub is_domain: Option<bool>,
    /// Sent by clients, not used.
    pub options: Option<serde_json::Map<String, serde_json::Value>>,
    /// Sent by clients, not used.
    pub tags: Option<Vec<String>>,
}

/// A project.
#[derive(Serialize)]
pub struct ProjectView {
    /// Always false: accounts are not listed as projects.
    pub is_domain: bool,
    /// Free text.
    pub description: String,
    /// Where it is described.
    pub links: SelfLink,
    /// Whether it is in use.
    pub enabled: bool,
    /// Its id.
    pub id: String,
    /// The project it is part of, or its account.
    pub parent_id: String,
    /// Its account.
    pub domain_id: String,
    /// Its name.
    pub name: String,
    /// Always empty.
    pub tags: NoTags,
    /// Always empty.
    pub options: NoOptions,
}

/// A project with its status.
#[derive(Serialize)]
pub struct ProjectStatusView {
    /// Its account.
    pub domain_id: String,
    /// Always false: accounts are not listed as projects.
    pub is_domain: bool,
    /// The project it is part of, or its account.
    pub parent_id: String,
    /// Its name.
    pub name: String,
    /// Free text.
    pub description: String,
    /// Its id.
    pub id: String,
    /// Whether it is in use.
    pub enabled: bool,
    /// Whether services work in it.
    pub status: ProjectStatus,
}

/// Whether services work in a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ProjectStatus {
    /// They do.
    Normal,
    /// They do not.
    Suspended,
}

/// Body of changing the status of a project.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProjectStatusWrite {
    /// Its only member.
    pub project: ProjectStatusFields,
}

/// The status to set.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProjectStatusFields {
    /// The status.
    pub status: ProjectStatus,
}

/// Body of opening an account.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DomainWrite {
    /// Its only member.
    pub domain: DomainFields,
}

/// What to set.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DomainFields {
    /// Unique in the installation.
    pub name: Option<String>,
    /// Whether it is in use.
    pub enabled: Option<bool>,
    /// Free text.
    pub description: Option<String>,
    /// Sent by clients, not used.
    pub options: Option<serde_json::Map<String, serde_json::Value>>,
    /// Sent by clients, not used.
    pub tags: Option<Vec<String>>,
}

/// A new account with its owner.
#[derive(Serialize)]
pub struct NewDomainView {
    /// The account.
    #[serde(flatten)]
    pub domain: DomainView,
    /// Who administers it.
    pub owner: NewOwner,
}

/// The first user of a new account.
#[derive(Serialize)]
pub struct NewOwner {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its password, shown here and never again.
    pub password: String,
}

/// An account.
#[derive(Serialize)]
pub struct DomainView {
    /// Free text.
    pub description: String,
    /// Whether it is in use.
    pub enabled: bool,
    /// Its id.
    pub id: String,
    /// Where it is described.
    pub links: SelfLink,
    /// Its name.
    pub name: String,
    /// Always empty.
    pub tags: NoTags,
    /// Always empty.
    pub options: NoOptions,
}
