use super::view;
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;
use countersign_control::groups::GroupFilter;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let filter = GroupFilter { id: call.exact("id"), name: call.filter("name") };
    let page = call.control.list_groups(&call.instance()?, &filter, call.paging()?)?;
    Ok(Answer::page("groups", page, |group| view(&call.control, group)))
}
