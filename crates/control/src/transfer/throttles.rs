//! Throttling policies with their special limits on their way onto a gateway and off it, by name.

use super::Conflict;
use crate::throttles::{self, SpecialObject, Throttle, ThrottleDraft, ThrottleSpecial};
use crate::{Control, Error, InstanceRef, bindings};
use countersign_store::{Reader, Scope, Writer, find_by_name};
use countersign_types::PublishId;

/// A policy that an import brings.
#[derive(Debug, Clone)]
pub struct NewThrottle {
    /// The policy.
    pub draft: ThrottleDraft,
    /// Who has limits of their own, and how many calls.
    pub specials: Vec<(SpecialObject, i64)>,
}

/// A policy that an export tells.
#[derive(Debug, Clone)]
pub struct BoundThrottle {
    /// The policy.
    pub throttle: Throttle,
    /// Its special limits, oldest first.
    pub specials: Vec<ThrottleSpecial>,
}

impl Control {
    /// Makes the policies that the gateway does not have. What it has stays or is replaced, as the mode says.
    pub(super) fn take_throttles(
        &self,
        writer: &mut dyn Writer,
        at: &InstanceRef,
        policies: &[NewThrottle],
        conflict: Conflict,
    ) -> Result<(), Error> {
        for NewThrottle { draft, specials } in policies {
            let throttle = match find_by_name::<Throttle>(writer, at.scope(), &draft.name)? {
                None => self.insert_throttle(writer, at, draft)?,
                Some(_) if conflict == Conflict::Keep => continue,
                Some(there) => {
                    throttles::delete_of(writer, at, &there.id)?;
                    throttles::replace(writer, at, there, draft)?
                }
            };
            for (object, calls) in specials {
                self.insert_special(writer, at, &throttle, (object, *calls))?;
            }
        }
        Ok(())
    }
}

/// The policy bound to a publication.
pub(super) fn bound(
    reader: &dyn Reader,
    at: &InstanceRef,
    publication: &PublishId,
) -> Result<Option<BoundThrottle>, Error> {
    let bindings = bindings::of_publication::<Throttle>(reader, Scope::One(at.scope()), publication)?;
    let Some(binding) = bindings.first() else { return Ok(None) };
    let throttle: Throttle = bindings::require(reader, at, &binding.policy_id)?;
    let specials = throttles::specials_of(reader, at, &throttle.id)?;
    Ok(Some(BoundThrottle { throttle, specials }))
}
