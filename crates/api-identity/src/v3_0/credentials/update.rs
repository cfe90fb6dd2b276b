use super::{CredentialAnswer, find, view};
use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use countersign_api_types::iam::credential::{AccessKeyStatus, AccessKeyUpdate};
use countersign_identity::Caller;

pub(super) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    caller.require_permanent()?;
    let AccessKeyUpdate { credential: change } = call.json()?;
    let key = find(call, caller, "iam:credentials:updateCredential")?;
    let active = change.status.map(|status| status == AccessKeyStatus::Active);
    let identity = call.live.identity();
    let key = identity.update_access_key(&key.id, active, change.description.as_deref())?;
    Ok(Answer::json(&CredentialAnswer { credential: view(&key) }))
}
