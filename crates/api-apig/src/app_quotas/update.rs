use super::{draft, view};
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let detail =
        call.control.update_app_quota(&call.instance()?, &call.id("app_quota_id")?, &draft(call)?)?;
    Ok(Answer::json(&view(detail)))
}
