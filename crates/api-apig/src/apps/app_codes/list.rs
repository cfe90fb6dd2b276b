use super::view;
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(in crate::apps) fn handle(call: &Call) -> Result<Answer, Error> {
    let page = call.control.list_app_codes(&call.instance()?, &call.id("app_id")?, call.paging()?)?;
    Ok(Answer::page("app_codes", page, view))
}
