//! Credentials that were given back before their time.

use super::EVERYWHERE;
use countersign_store::Document;
use countersign_types::Timestamp;
use serde::{Deserialize, Serialize};

/// A revoked credential.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Revocation {
    /// Its audit id as 32 hex digits.
    pub audit_id: String,
    /// From when on nobody is told about the credential any more, so that this record says nothing new.
    pub expires: Timestamp,
}

impl Document for Revocation {
    const KIND: &'static str = "revocation";
    fn scope(&self) -> &str {
        EVERYWHERE
    }
    fn id(&self) -> &str {
        &self.audit_id
    }
}
