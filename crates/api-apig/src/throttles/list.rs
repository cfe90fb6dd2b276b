use super::view;
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;
use countersign_control::throttles::ThrottleFilter;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let filter = ThrottleFilter { id: call.exact("id"), name: call.filter("name") };
    let page = call.control.list_throttles(&call.instance()?, &filter, call.paging()?)?;
    Ok(Answer::page("throttles", page, view))
}
