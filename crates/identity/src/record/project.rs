//! Projects.

use countersign_store::Document;
use countersign_types::{DomainId, ProjectId, Timestamp};
use serde::{Deserialize, Serialize};

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
    /// Free text.
    #[serde(default)]
    pub description: String,
    /// The region's project that this one is part of; `None` for the region's own.
    #[serde(default)]
    pub parent_id: Option<ProjectId>,
    /// When it was created.
    pub created: Timestamp,
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
