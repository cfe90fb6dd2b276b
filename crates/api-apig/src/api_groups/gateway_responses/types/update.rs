use super::super::{place, read};
use super::{kind, view};
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(in super::super) fn handle(call: &Call) -> Result<Answer, Error> {
    let ((group, id), kind) = (place(call)?, kind(call)?);
    let answer = read::answer(call.json()?)?;
    let set = call.control.set_response_type(&call.instance()?, (&group, &id), kind, &answer)?;
    Ok(view(&set, kind))
}
