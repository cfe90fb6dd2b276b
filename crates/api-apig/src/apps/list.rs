use super::view;
use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::apps::ListedAppView;
use countersign_control::Error;
use countersign_control::apps::AppFilter;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let filter = AppFilter {
        id: call.exact("id"),
        name: call.filter("name"),
        key: call.exact("app_key"),
        creator: call.exact("creator"),
        status: call.exact("status"),
        related_domain_id: call.exact("related_domain_id"),
        related_project_id: call.exact("related_project_id"),
    };
    let page = call.control.list_apps(&call.instance()?, &filter, call.paging()?)?;
    Ok(Answer::page("apps", page, |listed| ListedAppView { bind_num: listed.auths, app: view(listed.open) }))
}
