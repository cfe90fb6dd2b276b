use super::{CredentialAnswer, view};
use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use countersign_api_types::iam::credential::{AccessKeyCreate, AccessKeyView};
use countersign_identity::Caller;

pub(super) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    caller.require_permanent()?;
    let AccessKeyCreate { credential } = call.json()?;
    let user = call.directory()?.user_for(caller, &credential.user_id, "iam:credentials:createCredential")?;
    let (key, secret) = call.live.identity().create_access_key(&user, &credential.description)?;
    let credential = AccessKeyView { secret: Some(secret.expose().to_owned()), ..view(&key) };
    Ok(Answer::json(&CredentialAnswer { credential }))
}
