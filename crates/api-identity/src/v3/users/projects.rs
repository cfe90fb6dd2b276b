//! `GET /v3/users/{user_id}/projects`: where the user has a role.

use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use crate::v3::projects::answer;
use countersign_identity::Caller;

pub(super) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let directory = call.directory()?;
    let user = directory.user_for(caller, call.path("user_id"), "iam:projects:listProjectsForUser")?;
    answer(call, &directory.projects_of(&user.domain_id, &directory.actors(&user)))
}
