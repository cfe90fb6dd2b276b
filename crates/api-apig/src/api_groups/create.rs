use super::view;
use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::groups::{GroupCreate, GroupView};
use countersign_control::groups::GroupDraft;
use countersign_control::{Error, validate::required};

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let body: GroupCreate = call.json()?;
    let draft = GroupDraft { name: required("name", body.name)?, remark: body.remark };
    let group = call.control.create_group(&call.instance()?, &draft)?;
    let (created, updated) = (group.created, group.updated);
    Ok(Answer::json(&GroupView {
        register_time: created.rfc3339_nanos().to_string(),
        update_time: updated.rfc3339_nanos().to_string(),
        ..view(&call.control, group)
    }))
}
