use super::write::runtime;
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;
use countersign_types::EnvId;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let env = call.query_id("env_id")?.unwrap_or_else(EnvId::release);
    let detail = call.control.runtime(&call.instance()?, &call.id("api_id")?, &env)?;
    Ok(Answer::json(&runtime(&call.control, detail)))
}
