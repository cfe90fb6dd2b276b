use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    call.control.delete_channel(&call.instance()?, &call.id("vpc_channel_id")?)?;
    Ok(Answer::Empty)
}
