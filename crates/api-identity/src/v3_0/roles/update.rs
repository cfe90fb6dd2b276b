use super::{RoleAnswer, read};
use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use crate::v3::roles::plain;
use countersign_api_types::iam::role::RoleWrite;
use countersign_identity::Caller;

pub(super) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let RoleWrite { role } = call.json()?;
    let role = call.live.update_policy(caller, call.path("role_id"), &read::partial(&role)?)?;
    Ok(Answer::json(&RoleAnswer { role: plain(call, &role) }))
}
