use super::{draft, view};
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let acl = call.control.update_acl(&call.instance()?, &call.id("acl_id")?, &draft(call)?)?;
    Ok(Answer::json(&view(acl)))
}
