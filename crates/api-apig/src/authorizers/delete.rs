use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    call.control.delete_authorizer(&call.instance()?, &call.id("authorizer_id")?)?;
    Ok(Answer::Empty)
}
