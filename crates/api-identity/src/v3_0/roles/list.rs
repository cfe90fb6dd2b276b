use super::own;
use crate::answer::Answer;
use crate::call::Call;
use crate::page::Page;
use crate::refusal::Refusal;
use crate::v3::roles::plain;
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
    let Page { entries, total, links } = Page::cut(call, own(&directory, caller))?;
    let roles = entries.into_iter().map(|role| plain(call, role)).collect();
    Ok(Answer::json(&Roles { roles, links, total_number: total }))
}
