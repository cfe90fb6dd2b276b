//! Rules from what an identity provider says about a person to a user of the account.

use countersign_store::Document;
use countersign_types::{DomainId, MappingId};
use serde::{Deserialize, Serialize};

/// Rules of an account.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MappingRecord {
    /// Its id, chosen by the account and unique there.
    pub id: MappingId,
    /// The account.
    pub domain_id: DomainId,
    /// The rules as given; [`countersign_oidc::Mapping`] reads them.
    pub rules: serde_json::Value,
}

impl Document for MappingRecord {
    const KIND: &'static str = "mapping";
    fn scope(&self) -> &str {
        self.domain_id.as_str()
    }
    fn id(&self) -> &str {
        self.id.as_str()
    }
    fn names(&self) -> Vec<String> {
        vec![self.id.to_string()]
    }
}
