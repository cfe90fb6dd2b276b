use super::view;
use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::groups::GroupUpdate;
use countersign_control::groups::GroupDraft;
use countersign_control::{Error, validate::required};

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let body: GroupUpdate = call.json()?;
    let draft = GroupDraft { name: required("name", body.name)?, remark: body.remark };
    let group = call.control.update_group(&call.instance()?, &call.id("group_id")?, &draft)?;
    Ok(Answer::json(&view(&call.control, group)))
}
