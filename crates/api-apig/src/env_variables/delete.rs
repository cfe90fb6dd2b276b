use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    call.control.delete_variable(&call.instance()?, &call.id("env_variable_id")?)?;
    Ok(Answer::Empty)
}
