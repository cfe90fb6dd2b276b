use super::{RoleAnswer, read};
use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use crate::v3::roles::plain;
use countersign_api_types::iam::role::RoleWrite;
use countersign_identity::Caller;

pub(super) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let RoleWrite { role } = call.json()?;
    let draft = read::complete(&role)?;
    let role = call.live.create_policy(caller, &draft)?;
    Ok(Answer::json(&RoleAnswer { role: plain(call, &role) }))
}
