use super::{place, read, view};
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let (group, id) = place(call)?;
    let draft = read::draft(call.json()?)?;
    Ok(Answer::json(&view(call.control.update_response(&call.instance()?, (&group, &id), &draft)?)))
}
