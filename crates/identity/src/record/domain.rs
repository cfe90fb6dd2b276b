//! Accounts.

use super::EVERYWHERE;
use countersign_store::Document;
use countersign_types::{DomainId, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// An account; called "domain" on the wire.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Domain {
    /// Its id.
    pub id: DomainId,
    /// Unique in the installation.
    pub name: String,
    /// Nothing of a disabled account authenticates.
    pub enabled: bool,
    /// The user whose account it is, and who may do everything in it; `None` for nobody.
    #[serde(default)]
    pub owner_id: Option<UserId>,
    /// Free text.
    #[serde(default)]
    pub description: String,
    /// When it was created.
    pub created: Timestamp,
}

impl Document for Domain {
    const KIND: &'static str = "domain";
    fn scope(&self) -> &str {
        EVERYWHERE
    }
    fn id(&self) -> &str {
        self.id.as_str()
    }
    fn names(&self) -> Vec<String> {
        vec![self.name.clone()]
    }
}
