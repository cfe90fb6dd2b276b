//! Rights that an account delegates.

use countersign_store::{Document, Link};
use countersign_types::{AgencyId, DomainId, Timestamp};
use serde::{Deserialize, Serialize};

/// Rights in the account `domain_id` that users of `trust_domain_id` may take on.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Agency {
    /// Its id.
    pub id: AgencyId,
    /// The account that delegates.
    pub domain_id: DomainId,
    /// Unique in the delegating account.
    pub name: String,
    /// The account whose users may act as the agency.
    pub trust_domain_id: DomainId,
    /// Free text.
    pub description: String,
    /// For how many days it was made; `None` for ever.
    pub duration_days: Option<u32>,
    /// From when on nobody acts as it; `None` for never.
    pub expires: Option<Timestamp>,
    /// Goes up when everything issued for it must become invalid.
    pub epoch: u32,
    /// When it was created.
    pub created: Timestamp,
}

impl Document for Agency {
    const KIND: &'static str = "agency";
    fn scope(&self) -> &str {
        self.domain_id.as_str()
    }
    fn id(&self) -> &str {
        self.id.as_str()
    }
    fn names(&self) -> Vec<String> {
        vec![self.name.clone()]
    }
    fn links(&self) -> Vec<Link> {
        vec![Link::new("trust_domain", self.trust_domain_id.as_str())]
    }
}
