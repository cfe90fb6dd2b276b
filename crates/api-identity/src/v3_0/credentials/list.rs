use super::view;
use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use countersign_api_types::iam::credential::AccessKeyView;
use countersign_identity::Caller;
use serde::Serialize;

#[derive(Serialize)]
struct Credentials {
    credentials: Vec<AccessKeyView>,
}

/// Without `user_id` the caller's own.
pub(super) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let directory = call.directory()?;
    let id = call.query("user_id").unwrap_or(caller.who.id());
    let user = directory.user_for(caller, id, "iam:credentials:listCredentials")?;
    let keys = directory.access_keys.iter().filter(|key| key.user_id == user.id);
    Ok(Answer::json(&Credentials { credentials: keys.map(|key| view(key)).collect() }))
}
