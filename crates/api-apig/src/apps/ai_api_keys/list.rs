use super::view;
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(in crate::apps) fn handle(call: &Call) -> Result<Answer, Error> {
    let page = call.control.list_ai_api_keys(&call.instance()?, &call.id("app_id")?, call.paging()?)?;
    Ok(Answer::page("ai_api_keys", page, view))
}
