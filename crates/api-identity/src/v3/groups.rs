//! `/v3/groups`

mod create;
mod delete;
pub(super) mod list;
mod members;
mod show;
mod update;

use crate::call::Call;
use crate::endpoints::{Endpoint, endpoint};
use crate::refusal::Refusal;
use crate::v3::links;
use countersign_api_types::iam::user::{GroupFields, UserGroupView};
use countersign_identity::{Caller, Directory, Error, GroupDraft, UserGroup};
use serde::Serialize;
use std::sync::Arc;

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint("KeystoneListGroups", list::handle),
    endpoint("KeystoneCreateGroup", create::handle),
    endpoint("KeystoneShowGroup", show::handle),
    endpoint("KeystoneUpdateGroup", update::handle),
    endpoint("KeystoneDeleteGroup", delete::handle),
    endpoint("KeystoneListUsersForGroupByAdmin", members::list),
    endpoint("KeystoneAddUserToGroup", members::add),
    endpoint("KeystoneCheckUserInGroup", members::check),
    endpoint("KeystoneRemoveUserFromGroup", members::remove),
];

#[derive(Serialize)]
struct GroupAnswer {
    group: UserGroupView,
}

fn view(call: &Call, group: &UserGroup) -> UserGroupView {
    UserGroupView {
        id: group.id.to_string(),
        name: group.name.clone(),
        domain_id: group.domain_id.to_string(),
        description: group.description.clone(),
        create_time: group.created.unix_millis(),
        links: links::to(call, &format!("/v3/groups/{}", group.id)),
    }
}

fn draft(fields: GroupFields) -> GroupDraft {
    GroupDraft { name: fields.name, description: fields.description }
}

/// The group of the path, when it is one of the caller's account and the caller may do the action with it.
fn find<'a>(
    call: &Call,
    caller: &Caller,
    directory: &'a Directory,
    action: &str,
) -> Result<&'a Arc<UserGroup>, Refusal> {
    let id = call.path("group_id");
    caller.require(action, &caller.resource("group", id))?;
    let group = directory.groups.find(id).filter(|group| group.domain_id == caller.domain.id);
    group.ok_or_else(|| Error::NotFound { kind: "group", id: id.to_owned() }.into())
}
