use super::find;
use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use countersign_identity::Caller;

pub(super) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    caller.require_permanent()?;
    let key = find(call, caller, "iam:credentials:deleteCredential")?;
    call.live.identity().delete_access_key(&key.id)?;
    Ok(Answer::EMPTY)
}
