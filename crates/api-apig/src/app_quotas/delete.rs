use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    call.control.delete_app_quota(&call.instance()?, &call.id("app_quota_id")?)?;
    Ok(Answer::Empty)
}
