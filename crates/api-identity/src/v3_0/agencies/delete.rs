use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use countersign_identity::Caller;

pub(super) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    call.live.delete_agency(caller, call.path("agency_id"))?;
    Ok(Answer::EMPTY)
}
