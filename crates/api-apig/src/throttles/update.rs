use super::{draft, view};
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let id = call.id("throttle_id")?;
    Ok(Answer::json(&view(call.control.update_throttle(&call.instance()?, &id, &draft(call)?)?)))
}
