use super::{draft, view};
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let env = call.control.update_env(&call.instance()?, &call.id("env_id")?, &draft(call)?)?;
    Ok(Answer::json(&view(env)))
}
