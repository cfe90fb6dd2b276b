//! The access control policies of a publication.

use crate::acls::Entity;
use crate::{Acl, Error, bindings};
use countersign_snapshot::source::Access;
use countersign_store::{Reader, Scope, find};
use countersign_types::PublishId;

/// What the policies that are bound to the publication say; `None` when one of them is gone: then nothing is served
/// rather than anything unguarded.
pub(super) fn compile(
    reader: &dyn Reader,
    scope: Scope<'_>,
    publication: &PublishId,
) -> Result<Option<Access>, Error> {
    let mut access = Access::default();
    for binding in bindings::of_publication::<Acl>(reader, scope, publication)? {
        let acl: Option<Acl> = find(reader, binding.instance_id.as_str(), binding.policy_id.as_str())?;
        let Some(acl) = acl else { return Ok(None) };
        let list = match acl.entity {
            Entity::Address => &mut access.addresses,
            Entity::AccountName => &mut access.account_names,
            Entity::AccountId => &mut access.account_ids,
        };
        *list = Some(acl.compile());
    }
    Ok(Some(access))
}
