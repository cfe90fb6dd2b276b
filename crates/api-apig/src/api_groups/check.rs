use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::groups::GroupCheck;
use countersign_control::{Error, validate::required};

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let body: GroupCheck = call.json()?;
    call.control.check_group_name(&call.instance()?, &required("group_name", body.group_name)?)?;
    Ok(Answer::Empty)
}
