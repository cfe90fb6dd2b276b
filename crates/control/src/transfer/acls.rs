//! Access control policies on their way onto a gateway and off it, by name.

use super::Conflict;
use crate::acls::{self, Acl, AclDraft};
use crate::{Control, Error, InstanceRef, bindings};
use countersign_store::{Reader, Scope, Writer, find_by_name};
use countersign_types::PublishId;

impl Control {
    /// Makes the policies that the gateway does not have. What it has stays or is replaced, as the mode says.
    pub(super) fn take_acls(
        &self,
        writer: &mut dyn Writer,
        at: &InstanceRef,
        drafts: &[AclDraft],
        conflict: Conflict,
    ) -> Result<(), Error> {
        for draft in drafts {
            let new = self.new_acl(at, draft)?;
            match find_by_name::<Acl>(writer, at.scope(), &draft.name)? {
                None => acls::insert(writer, at, &new)?,
                Some(there) if conflict == Conflict::Replace => drop(acls::replace(writer, at, &there, new)?),
                Some(_) => {}
            }
        }
        Ok(())
    }
}

/// The policies bound to a publication.
pub(super) fn bound(
    reader: &dyn Reader,
    at: &InstanceRef,
    publication: &PublishId,
) -> Result<Vec<Acl>, Error> {
    let bindings = bindings::of_publication::<Acl>(reader, Scope::One(at.scope()), publication)?;
    bindings.iter().map(|binding| bindings::require(reader, at, &binding.policy_id)).collect()
}
