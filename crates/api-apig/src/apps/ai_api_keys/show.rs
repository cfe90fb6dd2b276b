use super::view;
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(in crate::apps) fn handle(call: &Call) -> Result<Answer, Error> {
    let open = call.control.ai_api_key(&call.instance()?, &call.id("app_id")?, &call.id("ai_api_key_id")?)?;
    Ok(Answer::json(&view(open)))
}
