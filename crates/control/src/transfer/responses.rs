//! Gateway responses on their way into a group: by name, because every group has sets of its own.

use super::Conflict;
use crate::responses::{self, ResponseDraft, ResponseSet};
use crate::{Control, Error, Group, InstanceRef};
use countersign_store::Writer;

impl Control {
    /// Makes the sets that the group does not have. What it has stays, or gets the answers, as the mode says.
    pub(super) fn take_responses(
        &self,
        writer: &mut dyn Writer,
        (at, group): (&InstanceRef, &Group),
        drafts: &[ResponseDraft],
        conflict: Conflict,
    ) -> Result<(), Error> {
        for draft in drafts {
            draft.validate()?;
            match responses::of(writer, group)?.into_iter().find(|set| set.name == draft.name) {
                None => responses::insert(writer, group, &self.new_response(at, &group.id, draft))?,
                Some(set) if conflict == Conflict::Replace || is_untouched(&set) => {
                    let set = ResponseSet { answers: draft.answers.clone(), updated: (self.now)(), ..set };
                    countersign_store::put(writer, &set)?;
                }
                Some(_) => {}
            }
        }
        Ok(())
    }
}

/// Every group has a default set, of which nobody may have said anything yet.
fn is_untouched(set: &ResponseSet) -> bool {
    set.is_default && set.answers.is_empty()
}
