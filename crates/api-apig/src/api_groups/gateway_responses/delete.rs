use super::place;
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let (group, id) = place(call)?;
    call.control.delete_response(&call.instance()?, &group, &id)?;
    Ok(Answer::Empty)
}
