use super::write::version;
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let detail = call.control.version(&call.instance()?, &call.id("version_id")?)?;
    Ok(Answer::json(&version(&call.control, detail)))
}
