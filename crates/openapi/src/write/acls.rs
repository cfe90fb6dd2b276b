//! Access control policies: by name, and named by the operations that they are bound to.

use super::Members;
use crate::keys::{ACCESS_CONTROL, OURS};
use countersign_control::Acl;
use serde_json::{Map, Value, json};

/// The policies by name.
pub(super) fn write<'a>(acls: impl Iterator<Item = &'a Acl>) -> Map<String, Value> {
    let mut all = Map::new();
    for acl in acls {
        let (rule, entity) = (acl.rule.as_str(), acl.entity.as_str());
        all.set(&acl.name, json!({"acl-type": rule, "entity-type": entity, "value": acl.value}));
    }
    all
}

/// Names the policies of an operation: one by the published word, and all when there are several.
pub(super) fn name(acls: &[Acl], operation: &mut Map<String, Value>) {
    let mut names: Vec<&str> = acls.iter().map(|acl| acl.name.as_str()).collect();
    names.sort_unstable();
    operation.set_some(ACCESS_CONTROL, names.first().copied());
    if names.len() > 1 {
        super::item(operation, OURS).set("access_controls", names);
    }
}
