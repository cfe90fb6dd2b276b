use super::view;
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    Ok(Answer::json(&view(call.control.acl(&call.instance()?, &call.id("acl_id")?)?)))
}
