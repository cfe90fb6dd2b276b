use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(in crate::apps) fn handle(call: &Call) -> Result<Answer, Error> {
    call.control.delete_ai_api_key(&call.instance()?, &call.id("app_id")?, &call.id("ai_api_key_id")?)?;
    Ok(Answer::Empty)
}
