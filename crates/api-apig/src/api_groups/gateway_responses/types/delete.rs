use super::super::place;
use super::kind;
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(in super::super) fn handle(call: &Call) -> Result<Answer, Error> {
    let ((group, id), kind) = (place(call)?, kind(call)?);
    call.control.reset_response_type(&call.instance()?, (&group, &id), kind)?;
    Ok(Answer::Empty)
}
