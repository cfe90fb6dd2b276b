use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use countersign_identity::Caller;
use serde::Serialize;

#[derive(Serialize)]
struct Deleted {
    message: &'static str,
}

pub(super) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    call.live.delete_policy(caller, call.path("role_id"))?;
    Ok(Answer::json(&Deleted { message: "Delete success." }))
}
