use super::view::view;
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;
use countersign_control::Filter;
use countersign_control::instances::InstanceFilter;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let filter = InstanceFilter {
        id: call.exact("instance_id"),
        name: Filter::fuzzy(call.query("instance_name")),
        status: call.exact("status"),
    };
    let page = call.control.list_instances(&call.project()?, &filter, call.paging()?)?;
    Ok(Answer::page("instances", page, |instance| view(&instance)))
}
