use super::read::definition;
use super::write::whole;
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let definition = definition(call.json()?)?;
    let detail = call.control.update_api(&call.instance()?, &call.id("api_id")?, &definition)?;
    Ok(Answer::json(&whole(&call.control, &detail)))
}
