//! When something was last used.

use super::EVERYWHERE;
use countersign_store::Document;
use countersign_types::Timestamp;
use serde::{Deserialize, Serialize};

/// The last use of an access key or a password. It is no part of the view, so that writing it down loads nothing anew.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LastUse {
    /// Kind and id of what was used.
    pub(crate) id: String,
    /// When, by the minute.
    pub(crate) at: Timestamp,
}

impl Document for LastUse {
    const KIND: &'static str = "last_use";
    fn scope(&self) -> &str {
        EVERYWHERE
    }
    fn id(&self) -> &str {
        &self.id
    }
}
