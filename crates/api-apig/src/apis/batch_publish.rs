use super::read::{each, id};
use super::write::receipt;
use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::apis::{BatchFailureView, BatchPublish, BatchPublishView};
use countersign_control::Error;
use countersign_control::publish::{Action, BatchFailure, BatchRequest, Selection};

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let action = call.query("action").ok_or_else(|| Error::missing("action"))?;
    let action = Action::parse(action).ok_or_else(|| Error::invalid("action"))?;
    let outcome = call.control.publish_batch(&call.instance()?, action, &request(call.json()?)?)?;
    Ok(Answer::json(&BatchPublishView {
        success: outcome.success.into_iter().map(receipt).collect(),
        failure: outcome.failure.into_iter().map(failure).collect(),
    }))
}

pub(super) fn is_offline(call: &Call) -> bool {
    call.query("action").and_then(Action::parse) == Some(Action::Offline)
}

fn request(body: BatchPublish) -> Result<BatchRequest, Error> {
    let group = body.group_id.filter(|text| !text.is_empty());
    let selection = match (body.apis, group) {
        (Some(apis), None) => Selection::Apis(each(Some(apis), |text| id("apis", Some(text)))?),
        (None, Some(group)) => Selection::Group(id("group_id", Some(group))?),
        (Some(apis), Some(group)) if apis.is_empty() => Selection::Group(id("group_id", Some(group))?),
        (Some(_), Some(_)) => return Err(Error::parameters("give either apis or group_id")),
        (None, None) => return Err(Error::missing("apis")),
    };
    Ok(BatchRequest { selection, env_id: id("env_id", body.env_id)?, remark: body.remark })
}

fn failure(failure: BatchFailure) -> BatchFailureView {
    BatchFailureView {
        api_id: failure.api_id.to_string(),
        api_name: failure.api_name,
        error_code: failure.code,
        error_msg: failure.message,
    }
}
