use super::view;
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let authorizer = call.control.authorizer(&call.instance()?, &call.id("authorizer_id")?)?;
    Ok(Answer::json(&view(authorizer)))
}
