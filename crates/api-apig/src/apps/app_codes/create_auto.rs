use super::created;
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(in crate::apps) fn handle(call: &Call) -> Result<Answer, Error> {
    let open = call.control.create_app_code(&call.instance()?, &call.id("app_id")?, None)?;
    Ok(Answer::json(&created(open)))
}
