use super::view;
use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use crate::v3::links;
use countersign_api_types::iam::link::PageLinks;
use countersign_api_types::iam::user::UserListed;
use countersign_identity::{Caller, User};
use serde::Serialize;
use std::sync::Arc;

#[derive(Serialize)]
struct Users {
    users: Vec<UserListed>,
    links: PageLinks,
}

pub(super) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    caller.require("iam:users:listUsers", &caller.resource("user", "*"))?;
    caller.require_domain(call.query("domain_id"))?;
    let directory = call.directory()?;
    let users = directory.users.iter().filter(|user| user.domain_id == caller.domain.id);
    Ok(answer(call, users))
}

/// The users that the query asks for.
pub(in crate::v3) fn answer<'a>(call: &Call, users: impl Iterator<Item = &'a Arc<User>>) -> Answer {
    let wanted =
        users.filter(|user| call.wants("name", &user.name) && call.wants_flag("enabled", user.enabled));
    let users = wanted.map(|user| view(call, user)).collect();
    Answer::json(&Users { users, links: links::whole(call) })
}
