use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::outline::GroupsOutline;
use countersign_control::Error;
use countersign_control::outline::Split;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let Split { with, without } = call.control.outline_groups(&call.instance()?)?;
    Ok(Answer::json(&GroupsOutline { offsell_nums: without, onsell_nums: with }))
}
