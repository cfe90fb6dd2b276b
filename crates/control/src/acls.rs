//! Access control policies: lists of addresses or accounts that may, or may not, call the APIs that they are bound to.

mod app;
mod list;
mod manage;
mod value;

pub use app::AppAcl;
pub use list::{AclFilter, ListedAcl};
pub use manage::{AclDraft, StillThere};
pub(crate) use manage::{insert, replace};

use crate::apis::words::words;
use crate::{Error, Policy};
use countersign_snapshot::source;
use countersign_store::Document;
use countersign_types::{AclId, InstanceId, Timestamp};
use serde::{Deserialize, Serialize};

words! {
    /// What it means to be on a list.
    Rule {
        /// Only who is on it may call.
        Permit = "PERMIT",
        /// Everyone else may call.
        Deny = "DENY",
    }
    /// What a list consists of.
    Entity {
        /// Source addresses: single ones, networks and ranges.
        Address = "IP",
        /// Names of accounts.
        AccountName = "DOMAIN",
        /// Ids of accounts.
        AccountId = "DOMAIN_ID",
    }
}

impl From<Rule> for source::Rule {
    fn from(rule: Rule) -> Self {
        match rule {
            Rule::Permit => Self::Permit,
            Rule::Deny => Self::Deny,
        }
    }
}

/// An access control policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acl {
    /// Its id.
    pub id: AclId,
    /// Its gateway.
    pub instance_id: InstanceId,
    /// Its name, unique on the gateway.
    pub name: String,
    /// What it means to be on the list.
    pub rule: Rule,
    /// What the list consists of.
    pub entity: Entity,
    /// The list as it was written: entries with commas between them.
    pub value: String,
    /// When it was changed last.
    pub updated: Timestamp,
}

impl Acl {
    /// The list as the data plane reads it.
    pub(crate) fn compile(&self) -> source::AccessList {
        let entries = value::entries(&self.value).map(str::to_owned).collect();
        source::AccessList { rule: self.rule.into(), entries }
    }
}

impl Document for Acl {
    const KIND: &'static str = "acl";

    fn scope(&self) -> &str {
        self.instance_id.as_str()
    }

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn names(&self) -> Vec<String> {
        vec![self.name.clone()]
    }
}

impl Policy for Acl {
    type Id = AclId;
    const BINDING: &'static str = "acl_binding";

    fn policy_id(&self) -> &AclId {
        &self.id
    }

    fn name(&self) -> &str {
        &self.name
    }

    /// A publication has one policy for each kind of list.
    fn slot(&self) -> &'static str {
        self.entity.as_str()
    }

    fn not_found(id: &AclId) -> Error {
        Error::acl_not_found(id)
    }

    fn binding_not_found() -> Error {
        Error::acl_binding_not_found()
    }
}
