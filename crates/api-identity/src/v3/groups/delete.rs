use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use countersign_identity::Caller;

pub(super) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    call.live.delete_group(caller, call.path("group_id"))?;
    Ok(Answer::EMPTY)
}
