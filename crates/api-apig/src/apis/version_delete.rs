use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    call.control.take_version_offline(&call.instance()?, &call.id("version_id")?)?;
    Ok(Answer::Empty)
}
