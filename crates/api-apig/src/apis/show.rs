use super::write::whole;
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let detail = call.control.api(&call.instance()?, &call.id("api_id")?)?;
    Ok(Answer::json(&whole(&call.control, &detail)))
}
