//! Denials in version 5 carry what was denied to whom, sealed: the caller may not see it, an administrator whom it is
//! shown may. `POST /v5/decode-authorization-message` opens it.

use super::caller_identity::principal;
use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use countersign_api_types::iam::sts::{AuthorizationMessage, AuthorizationMessageView, DenialView};
use countersign_identity::{Caller, Error};

/// Most characters of a resource that are told; callers choose parts of them.
const RESOURCE_CHARS_MAX: usize = 512;

pub(super) fn decode(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let AuthorizationMessage { encoded_message } = call.json()?;
    let decoded_message = call.live.open_message(caller, &encoded_message)?;
    Ok(Answer::json(&AuthorizationMessageView { decoded_message }))
}

/// The refusal; a denial by policies becomes one that carries its message.
pub(crate) fn encode(call: &Call, caller: &Caller, refusal: Refusal) -> Refusal {
    let Refusal::UseCase(Error::NotAllowed { action, resource }) = refusal else { return refusal };
    let denial = DenialView {
        allowed: false,
        action: action.clone(),
        resource: resource.chars().take(RESOURCE_CHARS_MAX).collect(),
        principal: principal(caller),
    };
    let text = serde_json::to_string(&denial).expect("text and truth values");
    match call.live.seal_message(&caller.domain.id, &text) {
        Ok(message) => Refusal::Denied { action, message },
        Err(fault) => fault.into(),
    }
}
