//! Roles of an account's own.

use crate::{Reach, Role, RoleKind};
use countersign_policy::{Error, Kind, Policy};
use countersign_store::{Document, Link};
use countersign_types::{DomainId, RoleId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Service that custom policies belong to.
const CATALOG: &str = "CUSTOMED";

/// A custom policy of an account.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CustomPolicy {
    /// Its id.
    pub id: RoleId,
    /// The account.
    pub domain_id: DomainId,
    /// Counts up from 1 within the account; part of the internal name.
    pub number: u32,
    /// Name for people; unique in the account.
    pub display_name: String,
    /// Free text.
    pub description: String,
    /// Free text in Chinese.
    pub description_cn: String,
    /// Where it can be given.
    pub reach: Reach,
    /// What it says.
    pub document: Value,
    /// When it was created.
    pub created: Timestamp,
    /// When it was changed last, if ever.
    pub updated: Option<Timestamp>,
}

impl CustomPolicy {
    /// As callers hold it.
    ///
    /// # Errors
    /// [`Error`] when the document is none.
    pub(crate) fn to_role(&self) -> Result<Role, Error> {
        Ok(Role {
            policy: Policy::parse(&self.document, Kind::FineGrained)?,
            id: self.id.clone(),
            domain_id: Some(self.domain_id.clone()),
            name: format!("custom_{}_{}", self.domain_id, self.number),
            display_name: self.display_name.clone(),
            catalog: CATALOG.to_owned(),
            description: self.description.clone(),
            description_cn: self.description_cn.clone(),
            reach: self.reach,
            kind: RoleKind::Policy,
            document: self.document.clone(),
            created: Some(self.created),
            updated: self.updated,
        })
    }

    /// The link by which what is given of it is found.
    pub(crate) fn given(&self) -> Link {
        Link::new("role", self.id.as_str())
    }
}

impl Document for CustomPolicy {
    const KIND: &'static str = "custom_policy";
    fn scope(&self) -> &str {
        self.domain_id.as_str()
    }
    fn id(&self) -> &str {
        self.id.as_str()
    }
    fn names(&self) -> Vec<String> {
        vec![self.display_name.clone()]
    }
}
