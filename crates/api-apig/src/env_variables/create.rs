use super::view;
use crate::answer::Answer;
use crate::call::{Call, id};
use countersign_api_types::envs as wire;
use countersign_control::variables::VariableCreate;
use countersign_control::{Error, validate::required};

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let body: wire::VariableCreate = call.json()?;
    let create = VariableCreate {
        group_id: id("group_id", required("group_id", body.group_id)?)?,
        env_id: id("env_id", required("env_id", body.env_id)?)?,
        name: required("variable_name", body.variable_name)?,
        value: required("variable_value", body.variable_value)?,
    };
    Ok(Answer::json(&view(call.control.create_variable(&call.instance()?, &create)?)))
}
