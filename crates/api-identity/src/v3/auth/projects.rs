//! `GET /v3/auth/projects`: where the caller has a role.

use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use crate::v3::projects::answer;
use countersign_identity::Caller;

pub(in crate::v3) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let directory = call.directory()?;
    let projects = directory.projects_of(&caller.domain.id, &directory.holders(&caller.who));
    answer(call, &projects)
}
