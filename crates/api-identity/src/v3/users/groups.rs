//! `GET /v3/users/{user_id}/groups`

use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use crate::v3::groups::list::answer;
use countersign_identity::Caller;

pub(super) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let directory = call.directory()?;
    let user = directory.user_for(caller, call.path("user_id"), "iam:groups:listGroupsForUser")?;
    answer(call, directory.groups_of(&user.id))
}
