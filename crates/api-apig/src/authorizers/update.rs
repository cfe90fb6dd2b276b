use super::{draft, view};
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let id = call.id("authorizer_id")?;
    let authorizer = call.control.update_authorizer(&call.instance()?, &id, &draft(call)?)?;
    Ok(Answer::json(&view(authorizer)))
}
