use super::view;
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    Ok(Answer::json(&view(call.control.throttle(&call.instance()?, &call.id("throttle_id")?)?)))
}
