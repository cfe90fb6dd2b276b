use super::view;
use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use crate::v3::links;
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
    Ok(answer(call, directory.groups.iter().filter(|group| group.domain_id == caller.domain.id)))
}

/// The groups that the query asks for.
pub(in crate::v3) fn answer<'a>(call: &Call, groups: impl Iterator<Item = &'a Arc<UserGroup>>) -> Answer {
    let wanted = groups.filter(|group| call.wants("name", &group.name));
    let groups = wanted.map(|group| view(call, group)).collect();
    Answer::json(&Groups { groups, links: links::whole(call) })
}
