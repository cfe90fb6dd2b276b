use super::view;
use crate::answer::Answer;
use crate::call::Call;
use crate::page::{PER_PAGE_MAX, page};
use crate::refusal::Refusal;
use countersign_api_types::iam::link::PageLinks;
use countersign_api_types::iam::user::UserGroupView;
use countersign_identity::{Caller, UserGroup};
use serde::Serialize;
use std::sync::Arc;

#[derive(Serialize)]
struct Groups {
    groups: Vec<UserGroupView>,
    links: PageLinks,
}

pub(super) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    caller.require("iam:groups:listGroups", &caller.resource("group", "*"))?;
    caller.require_domain(call.query("domain_id"))?;
    let directory = call.directory()?;
    answer(call, directory.groups.of(caller.domain.id.as_str()))
}

/// The groups that the query asks for.
pub(in crate::v3) fn answer<'a>(
    call: &Call,
    groups: impl Iterator<Item = &'a Arc<UserGroup>>,
) -> Result<Answer, Refusal> {
    let wanted = groups.filter(|group| call.wants("name", &group.name));
    let page = page(call, wanted, PER_PAGE_MAX, |group| group.id.as_str())?;
    let groups = page.items.iter().map(|group| view(call, group)).collect();
    Ok(Answer::json(&Groups { groups, links: page.links }))
}
