use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(in crate::apps) fn handle(call: &Call) -> Result<Answer, Error> {
    call.control.delete_app_code(&call.instance()?, &call.id("app_id")?, &call.id("app_code_id")?)?;
    Ok(Answer::Empty)
}
