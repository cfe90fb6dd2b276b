use super::view::unauthorized;
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::app_auths::OpenApiFilter;
use countersign_control::{Error, validate::required};

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let app = required("app_id", call.query_id("app_id")?)?;
    let env = required("env_id", call.query_id("env_id")?)?;
    let filter = OpenApiFilter {
        id: call.exact("api_id"),
        name: call.filter("api_name"),
        group_id: call.exact("group_id"),
    };
    let page = call.control.list_apis_not_of_app(&call.instance()?, (&app, &env), &filter, call.paging()?)?;
    Ok(Answer::page("apis", page, unauthorized))
}
