//! `GET /v3/users/{user_id}/projects`: where the user has a role.

use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use crate::v3::projects::answer;
use countersign_identity::{Caller, Error, SECURITY_ADMINISTRATOR};

/// For the user itself and for security administrators; to others the user does not exist or is none of theirs.
pub(super) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let directory = call.directory()?;
    let id = call.path("user_id");
    let is_own = caller.who.user().is_some_and(|user| user.id.as_str() == id);
    if !is_own && !caller.has(&SECURITY_ADMINISTRATOR) {
        return Err(Error::Forbidden.into());
    }
    let user = directory.users.find(id).filter(|user| user.domain_id == caller.domain.id);
    let user = user.ok_or_else(|| Error::NotFound { kind: "user", id: id.to_owned() })?;
    Ok(answer(call, &directory.projects_of(&user.domain_id, &directory.actors(user))))
}
