use super::{draft, view};
use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::envs::EnvView;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let env = call.control.create_env(&call.instance()?, &draft(call)?)?;
    let create_time = env.created.rfc3339_nanos().to_string();
    Ok(Answer::json(&EnvView { create_time, ..view(env) }))
}
