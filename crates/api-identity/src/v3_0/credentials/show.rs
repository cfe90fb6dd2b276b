use super::{CredentialAnswer, find, view};
use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use countersign_api_types::iam::credential::AccessKeyView;
use countersign_identity::Caller;
use serde::Serialize;

#[derive(Serialize)]
struct WithUse {
    #[serde(flatten)]
    key: AccessKeyView,
    /// By the minute, of the management and the identity API; empty before the first use.
    last_use_time: String,
}

pub(super) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let key = find(call, caller, "iam:credentials:getCredential")?;
    let last_use = call.live.last_key_use(&key.id)?.map(|at| at.rfc3339_millis().to_string());
    let credential = WithUse { key: view(&key), last_use_time: last_use.unwrap_or_default() };
    Ok(Answer::json(&CredentialAnswer { credential }))
}
