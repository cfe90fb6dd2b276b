use super::view::relation;
use crate::answer::Answer;
use crate::call::{Call, id};
use countersign_api_types::apps::{AuthCreate, AuthRelationsView};
use countersign_control::app_auths::GrantRequest;
use countersign_control::{Error, validate::required};

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let body: AuthCreate = call.json()?;
    let request = GrantRequest {
        env_id: id("env_id", required("env_id", body.env_id)?)?,
        app_ids: ids("app_ids", required("app_ids", body.app_ids)?)?,
        api_ids: ids("api_ids", required("api_ids", body.api_ids)?)?,
    };
    let grants = call.control.grant(&call.instance()?, &request)?;
    Ok(Answer::json(&AuthRelationsView { auths: grants.into_iter().map(relation).collect() }))
}

fn ids<T: TryFrom<String>>(parameter: &str, texts: Vec<String>) -> Result<Vec<T>, Error> {
    texts.into_iter().map(|text| id(parameter, text)).collect()
}
