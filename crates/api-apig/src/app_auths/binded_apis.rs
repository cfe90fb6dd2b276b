use super::view::view;
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::app_auths::AuthFilter;
use countersign_control::{Error, validate::required};

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let app = required("app_id", call.query_id("app_id")?)?;
    let filter = AuthFilter {
        api_id: call.exact("api_id"),
        api_name: call.filter("api_name"),
        group_id: call.exact("group_id"),
        group_name: call.filter("group_name"),
        env_id: call.exact("env_id"),
        ..AuthFilter::default()
    };
    let page = call.control.list_apis_of_app(&call.instance()?, &app, &filter, call.paging()?)?;
    Ok(Answer::page("auths", page, view))
}
