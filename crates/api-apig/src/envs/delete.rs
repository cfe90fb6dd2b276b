use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    call.control.delete_env(&call.instance()?, &call.id("env_id")?)?;
    Ok(Answer::Empty)
}
