use super::own;
use crate::answer::Answer;
use crate::call::Call;
use crate::page::page;
use crate::refusal::Refusal;
use crate::v3::roles::{PER_PAGE_MAX, plain};
use countersign_api_types::iam::link::PageLinks;
use countersign_api_types::iam::role::RoleListed;
use countersign_identity::Caller;
use serde::Serialize;

#[derive(Serialize)]
struct Roles {
    roles: Vec<RoleListed>,
    links: PageLinks,
    total_number: usize,
}

pub(super) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    caller.require("iam:roles:listRoles", &caller.resource("role", "*"))?;
    let directory = call.directory()?;
    let page = page(call, own(&directory, caller), PER_PAGE_MAX, |role| role.id.as_str())?;
    let roles = page.items.iter().map(|role| plain(call, role)).collect();
    Ok(Answer::json(&Roles { roles, links: page.links, total_number: page.total }))
}
