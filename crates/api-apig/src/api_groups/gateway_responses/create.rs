use super::{read, view};
use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::responses::ResponsesView;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let draft = read::draft(call.json()?)?;
    let set = call.control.create_response(&call.instance()?, &call.id("group_id")?, &draft)?;
    let (created, updated) = (set.created, set.updated);
    Ok(Answer::json(&ResponsesView {
        create_time: created.rfc3339_nanos().to_string(),
        update_time: updated.rfc3339_nanos().to_string(),
        ..view(set)
    }))
}
