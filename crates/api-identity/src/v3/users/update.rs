use super::{UserAnswer, draft, view};
use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use countersign_api_types::iam::user::UserWrite;
use countersign_identity::Caller;

pub(super) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let UserWrite { user } = call.json()?;
    caller.require_domain(user.domain_id.as_deref())?;
    let user = call.live.update_user(caller, call.path("user_id"), &draft(user))?;
    Ok(Answer::json(&UserAnswer { user: view(call, &user) }))
}
