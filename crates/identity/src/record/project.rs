//! Projects.

use crate::Error;
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
    /// Whether services work in it.
    #[serde(default)]
    pub status: ProjectStatus,
    /// Free text.
    #[serde(default)]
    pub description: String,
    /// The region's project that this one is part of; `None` for the region's own.
    #[serde(default)]
    pub parent_id: Option<ProjectId>,
    /// When it was created.
    pub created: Timestamp,
}

/// Whether services work in a project.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProjectStatus {
    /// They do.
    #[default]
    Normal,
    /// They do not, and tell its callers so.
    Suspended,
}

impl Project {
    /// Refuses a suspended project.
    ///
    /// # Errors
    /// [`Error::ProjectSuspended`].
    pub fn require_working(&self) -> Result<(), Error> {
        match self.status {
            ProjectStatus::Normal => Ok(()),
            ProjectStatus::Suspended => Err(Error::ProjectSuspended),
        }
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
