use super::view::view;
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::app_auths::AuthFilter;
use countersign_control::{Error, validate::required};

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let api = required("api_id", call.query_id("api_id")?)?;
    let filter = AuthFilter {
        app_id: call.exact("app_id"),
        app_name: call.filter("app_name"),
        env_id: call.exact("env_id"),
        ..AuthFilter::default()
    };
    let page = call.control.list_apps_of_api(&call.instance()?, &api, &filter, call.paging()?)?;
    Ok(Answer::page("auths", page, view))
}
