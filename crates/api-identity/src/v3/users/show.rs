use super::{UserAnswer, view};
use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use countersign_identity::Caller;

pub(super) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let user = call.directory()?.user_for(caller, call.path("user_id"), "iam:users:getUser")?;
    Ok(Answer::json(&UserAnswer { user: view(call, &user) }))
}
