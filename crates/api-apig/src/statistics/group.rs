use super::view::{calls, view};
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;
use countersign_control::validate::required;
use countersign_types::GroupId;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let id: GroupId = required("group_id", call.query_id("group_id")?)?;
    let (at, project) = (call.instance()?, call.project()?);
    let statistics = call.control.group_statistics(&at, &id)?;
    Ok(Answer::json(&view(&statistics, |minute| calls(&statistics, &project, minute))))
}
