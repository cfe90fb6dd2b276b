use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    call.control.unbind_app_quota(&call.instance()?, &call.id("app_quota_id")?, &call.id("app_id")?)?;
    Ok(Answer::Empty)
}
