use super::read::definition;
use super::write::created;
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let detail = call.control.create_api(&call.instance()?, definition(call.json()?)?)?;
    Ok(Answer::json(&created(&call.control, &detail)))
}
