//! `/v3/groups/{group_id}/users`

use super::find;
use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use crate::v3::users::list::answer;
use countersign_identity::{Caller, Error};

pub(super) fn list(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let directory = call.directory()?;
    let group = find(call, caller, &directory, "iam:users:listUsersForGroup")?;
    answer(call, directory.members(group))
}

pub(super) fn check(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let directory = call.directory()?;
    let group = find(call, caller, &directory, "iam:permissions:checkUserInGroup")?;
    let id = call.path("user_id");
    if directory.is_member(group, id) {
        Ok(Answer::EMPTY)
    } else {
        Err(Error::NotFound { kind: "user in the group", id: id.to_owned() }.into())
    }
}

pub(super) fn add(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    call.live.join_group(caller, call.path("group_id"), call.path("user_id"))?;
    Ok(Answer::EMPTY)
}

pub(super) fn remove(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    call.live.leave_group(caller, call.path("group_id"), call.path("user_id"))?;
    Ok(Answer::EMPTY)
}
