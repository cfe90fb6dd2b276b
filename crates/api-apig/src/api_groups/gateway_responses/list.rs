use super::view;
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let page = call.control.list_responses(&call.instance()?, &call.id("group_id")?, call.paging()?)?;
    Ok(Answer::page("responses", page, view))
}
