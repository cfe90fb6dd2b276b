use super::{place, view};
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let (group, id) = place(call)?;
    Ok(Answer::json(&view(call.control.response(&call.instance()?, &group, &id)?)))
}
