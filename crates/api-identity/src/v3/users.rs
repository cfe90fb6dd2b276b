//! `/v3/users`

mod application_credentials;
mod create;
mod delete;
mod groups;
pub(super) mod list;
mod password;
mod projects;
mod show;
mod update;

use crate::call::Call;
use crate::endpoints::{Endpoint, endpoint};
use crate::v3::links;
use countersign_api_types::iam::link::NoOptions;
use countersign_api_types::iam::user::{UserFields, UserListed};
use countersign_identity::{ProfileDraft, User, UserDraft};
use countersign_types::SecretKey;
use serde::Serialize;

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint("KeystoneListUsers", list::handle),
    endpoint("KeystoneCreateUser", create::handle),
    endpoint("KeystoneShowUser", show::handle),
    endpoint("KeystoneUpdateUserByAdmin", update::handle),
    endpoint("KeystoneDeleteUser", delete::handle),
    endpoint("KeystoneUpdateUserPassword", password::handle),
    endpoint("KeystoneListGroupsForUser", groups::handle),
    endpoint("KeystoneListProjectsForUser", projects::handle),
    endpoint("KeystoneCreateApplicationCredential", application_credentials::create),
    endpoint("KeystoneListApplicationCredentials", application_credentials::list),
    endpoint("KeystoneShowApplicationCredential", application_credentials::show),
    endpoint("KeystoneDeleteApplicationCredential", application_credentials::delete),
];

#[derive(Serialize)]
struct UserAnswer {
    user: UserListed,
}

pub(super) fn view(call: &Call, user: &User) -> UserListed {
    UserListed {
        id: user.id.to_string(),
        name: user.name.clone(),
        domain_id: user.domain_id.to_string(),
        enabled: user.enabled,
        description: user.description.clone(),
        password_expires_at: None,
        options: NoOptions {},
        links: links::to(call, &format!("/v3/users/{}", user.id)),
    }
}

fn draft(fields: UserFields) -> UserDraft {
    let UserFields { name, password, enabled, description, pwd_status, .. } = fields;
    let profile = ProfileDraft { password_must_change: pwd_status, ..ProfileDraft::default() };
    let password = password.map(SecretKey::new);
    UserDraft { name, password, enabled, description, profile, ..UserDraft::default() }
}
