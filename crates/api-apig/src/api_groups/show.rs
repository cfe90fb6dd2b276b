use super::view;
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let group = call.control.group(&call.instance()?, &call.id("group_id")?)?;
    Ok(Answer::json(&view(&call.control, group)))
}
