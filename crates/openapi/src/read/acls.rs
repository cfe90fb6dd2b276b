//! Access control policies by name.

use crate::object::Object;
use countersign_control::Error;
use countersign_control::acls::AclDraft;

pub(super) fn read(policies: &Object<'_>) -> Result<Vec<AclDraft>, Error> {
    let read = |(name, value)| {
        let mut policy = policies.follow((value, policies.place(name)))?;
        let draft = AclDraft {
            name: name.to_owned(),
            rule: policy.required_text("acl-type")?,
            entity: policy.required_text("entity-type")?,
            value: policy.required_text("value")?,
        };
        policy.finish()?;
        Ok(draft)
    };
    policies.entries().map(read).collect()
}
