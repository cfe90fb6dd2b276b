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
    /// Always empty: uses are not recorded.
    last_use_time: &'static str,
}

pub(super) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let key = view(&*find(call, caller, "iam:credentials:getCredential")?);
    Ok(Answer::json(&CredentialAnswer { credential: WithUse { key, last_use_time: "" } }))
}
