use super::view;
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let page = call.control.list_app_quotas(&call.instance()?, &call.filter("name"), call.paging()?)?;
    Ok(Answer::page("quotas", page, view))
}
