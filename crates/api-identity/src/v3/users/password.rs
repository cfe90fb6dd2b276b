//! `POST /v3/users/{user_id}/password`: a user changes its own password.

use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use countersign_api_types::iam::user::PasswordWrite;
use countersign_identity::Caller;
use countersign_types::SecretKey;

pub(super) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let PasswordWrite { user } = call.json()?;
    let (original, password) = (SecretKey::new(user.original_password), SecretKey::new(user.password));
    call.live.change_password(caller, call.path("user_id"), &original, password, call.source)?;
    Ok(Answer::EMPTY)
}
