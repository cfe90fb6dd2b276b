use super::subject::subject;
use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use countersign_identity::Caller;

pub(crate) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let (_, bearer) = subject(call, caller)?;
    call.live.revoke(&bearer)?;
    Ok(Answer::EMPTY)
}
