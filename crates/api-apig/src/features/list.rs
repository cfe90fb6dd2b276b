use super::view;
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let at = call.instance()?;
    let page = call.control.list_features(&at, call.paging()?)?;
    Ok(Answer::page("features", page, |feature| view(&at, feature)))
}
