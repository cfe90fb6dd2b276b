use super::view;
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;
use countersign_control::throttles::SpecialFilter;

pub(in crate::throttles) fn handle(call: &Call) -> Result<Answer, Error> {
    let filter = SpecialFilter {
        kind: call.exact("object_type"),
        app_name: call.filter("app_name"),
        user: call.filter("user"),
    };
    let id = call.id("throttle_id")?;
    let page = call.control.list_specials(&call.instance()?, &id, &filter, call.paging()?)?;
    Ok(Answer::page("throttle_specials", page, view))
}
