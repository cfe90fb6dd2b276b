//! `/v3.0/OS-ROLE/roles`: custom policies of the caller's account.

mod create;
mod delete;
mod list;
mod read;
mod show;
mod update;

use crate::endpoints::{Endpoint, endpoint};
use countersign_api_types::iam::role::RoleListed;
use countersign_identity::{Caller, Directory, Role};
use serde::Serialize;
use std::sync::Arc;

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint("ListCustomPolicies", list::handle),
    endpoint("CreateCustomPolicy", create::handle),
    endpoint("ShowCustomPolicy", show::handle),
    endpoint("UpdateCustomPolicy", update::handle),
    endpoint("DeleteCustomPolicy", delete::handle),
];

#[derive(Serialize)]
struct RoleAnswer {
    role: RoleListed,
}

/// The account's own roles; the built-in ones stand before them.
fn own<'a>(directory: &'a Directory, caller: &'a Caller) -> impl Iterator<Item = &'a Arc<Role>> {
    directory.roles_of(&caller.domain.id).filter(|role| role.domain_id.is_some())
}
