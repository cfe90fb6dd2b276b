//! `/v3/roles`: the built-in roles, and with `domain_id` the account's own.

use crate::answer::Answer;
use crate::call::Call;
use crate::endpoints::{Endpoint, endpoint};
use crate::page::page;
use crate::refusal::{Refusal, invalid};
use crate::v3::links;
use countersign_api_types::iam::link::PageLinks;
use countersign_api_types::iam::role::{RoleListed, RoleOptions};
use countersign_identity::{Caller, Error, Reach, Role, RoleKind};
use countersign_types::{DomainId, Timestamp};
use serde::Serialize;
use std::sync::Arc;

pub(crate) const ENDPOINTS: &[Endpoint] =
    &[endpoint("KeystoneListPermissions", list), endpoint("KeystoneShowPermission", show)];

/// Most roles of a page.
pub(crate) const PER_PAGE_MAX: usize = 300;

#[derive(Serialize)]
struct Roles {
    roles: Vec<RoleListed>,
    links: PageLinks,
    total_number: usize,
}

#[derive(Serialize)]
struct RoleAnswer {
    role: RoleListed,
}

fn list(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    caller.require("iam:roles:listRoles", &caller.resource("role", "*"))?;
    caller.require_domain(call.query("domain_id"))?;
    let reaches = reaches(call)?;
    let directory = call.directory()?;
    let is_wanted = |role: &&Arc<Role>| {
        call.query("domain_id") == role.domain_id.as_ref().map(DomainId::as_str)
            && call.wants("name", &role.name)
            && call.wants("display_name", &role.display_name)
            && call.wants("catalog", &role.catalog)
            && call.wants("permission_type", kind(role))
            && reaches.contains(&role.reach)
    };
    answer(call, directory.roles_of(&caller.domain.id).filter(is_wanted))
}

fn show(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let id = call.path("role_id");
    caller.require("iam:roles:getRole", &caller.resource("role", id))?;
    let directory = call.directory()?;
    let role = directory.role(&caller.domain.id, id);
    let role = role.ok_or_else(|| Error::NotFound { kind: "role", id: id.to_owned() })?;
    Ok(Answer::json(&RoleAnswer { role: view(call, role) }))
}

/// A list of roles.
pub(super) fn answer<'a>(call: &Call, roles: impl Iterator<Item = &'a Arc<Role>>) -> Result<Answer, Refusal> {
    let page = page(call, roles, PER_PAGE_MAX, |role| role.id.as_str())?;
    let roles = page.items.iter().map(|role| view(call, role)).collect();
    Ok(Answer::json(&Roles { roles, links: page.links, total_number: page.total }))
}

/// Where roles of the wanted `type` can be given.
fn reaches(call: &Call) -> Result<&'static [Reach], Refusal> {
    match call.query("type") {
        None | Some("all") => Ok(&[Reach::Domain, Reach::Project, Reach::Everywhere]),
        Some("domain") => Ok(&[Reach::Domain, Reach::Everywhere]),
        Some("project") => Ok(&[Reach::Project, Reach::Everywhere]),
        Some(_) => Err(invalid("type", "domain, project or all")),
    }
}

/// A role as both versions of the API show it; only this one says which generation it is of.
fn view(call: &Call, role: &Role) -> RoleListed {
    let flag = (role.kind == RoleKind::Policy).then_some("fine_grained");
    RoleListed { flag, ..plain(call, role) }
}

/// A role without what single operations add.
pub(crate) fn plain(call: &Call, role: &Role) -> RoleListed {
    let millis = |time: Timestamp| time.unix_millis().to_string();
    RoleListed {
        id: role.id.to_string(),
        name: role.name.clone(),
        display_name: role.display_name.clone(),
        catalog: role.catalog.clone(),
        description: role.description.clone(),
        kind: match role.reach {
            Reach::Domain => "AX",
            Reach::Project => "XA",
            Reach::Everywhere => "AA",
        },
        domain_id: role.domain_id.as_ref().map(ToString::to_string),
        options: options(role),
        links: links::to(call, &format!("/v3/roles/{}", role.id)),
        flag: None,
        description_cn: role.description_cn.clone(),
        policy: role.document.clone(),
        created_time: role.created.map(millis),
        updated_time: role.updated.or(role.created).map(millis),
        references: None,
    }
}

/// What is built in stays as it is.
pub(super) const fn options(role: &Role) -> RoleOptions {
    RoleOptions { immutable: role.domain_id.is_none() }
}

const fn kind(role: &Role) -> &'static str {
    match role.kind {
        RoleKind::Role => "role",
        RoleKind::Policy => "policy",
    }
}
