use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let page = call.control.list_api_tags(&call.instance()?, call.paging()?)?;
    Ok(Answer::page("tags", page, |tag| tag))
}
