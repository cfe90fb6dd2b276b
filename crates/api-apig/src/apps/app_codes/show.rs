use super::view;
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(in crate::apps) fn handle(call: &Call) -> Result<Answer, Error> {
    let open = call.control.app_code(&call.instance()?, &call.id("app_id")?, &call.id("app_code_id")?)?;
    Ok(Answer::json(&view(open)))
}
