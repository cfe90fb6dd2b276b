use super::read::{id, required_word};
use super::write::receipt;
use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::apis::ApiAction;
use countersign_control::Error;
use countersign_control::publish::{Action, PublishRequest};

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let body: ApiAction = call.json()?;
    let action = required_word("action", body.action, Action::parse)?;
    let request = PublishRequest {
        api_id: id("api_id", body.api_id)?,
        env_id: id("env_id", body.env_id)?,
        remark: body.remark,
    };
    Ok(Answer::json(&receipt(call.control.publish(&call.instance()?, action, &request)?)))
}

pub(super) fn is_offline(call: &Call) -> bool {
    let body = call.json::<ApiAction>();
    body.is_ok_and(|body| body.action.as_deref().and_then(Action::parse) == Some(Action::Offline))
}
