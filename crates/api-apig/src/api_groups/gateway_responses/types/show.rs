use super::super::place;
use super::{kind, view};
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(in super::super) fn handle(call: &Call) -> Result<Answer, Error> {
    let ((group, id), kind) = (place(call)?, kind(call)?);
    Ok(view(&call.control.response(&call.instance()?, &group, &id)?, kind))
}
