use super::view;
use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::envs::VariableUpdate;
use countersign_control::{Error, validate::required};

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let body: VariableUpdate = call.json()?;
    let value = required("variable_value", body.variable_value)?;
    let variable = call.control.update_variable(&call.instance()?, &call.id("env_variable_id")?, &value)?;
    Ok(Answer::json(&view(variable)))
}
