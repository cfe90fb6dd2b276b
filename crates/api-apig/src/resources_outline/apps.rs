use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::outline::AppsOutline;
use countersign_control::Error;
use countersign_control::outline::Split;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let Split { with, without } = call.control.outline_apps(&call.instance()?)?;
    Ok(Answer::json(&AppsOutline { authed_nums: with, unauthed_nums: without }))
}
