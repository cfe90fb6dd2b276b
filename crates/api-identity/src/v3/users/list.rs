use super::view;
use crate::answer::Answer;
use crate::call::Call;
use crate::page::{PER_PAGE_MAX, page};
use crate::refusal::Refusal;
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
    let users = directory.users.of(caller.domain.id.as_str());
    answer(call, users)
}

/// The users that the query asks for.
pub(in crate::v3) fn answer<'a>(
    call: &Call,
    users: impl Iterator<Item = &'a Arc<User>>,
) -> Result<Answer, Refusal> {
    let wanted =
        users.filter(|user| call.wants("name", &user.name) && call.wants_flag("enabled", user.enabled));
    let page = page(call, wanted, PER_PAGE_MAX, |user| user.id.as_str())?;
    let users = page.items.iter().map(|user| view(call, user)).collect();
    Ok(Answer::json(&Users { users, links: page.links }))
}
