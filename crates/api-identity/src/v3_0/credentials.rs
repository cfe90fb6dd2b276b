//! `/v3.0/OS-CREDENTIAL/credentials`: permanent access keys. Everybody's own need no role.

mod create;
mod delete;
mod list;
mod show;
mod update;

use crate::call::Call;
use crate::endpoints::{Endpoint, endpoint};
use crate::refusal::Refusal;
use countersign_api_types::iam::credential::{AccessKeyStatus, AccessKeyView};
use countersign_identity::{AccessKey, Caller, Error};
use serde::Serialize;
use std::sync::Arc;

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint("CreatePermanentAccessKey", create::handle),
    endpoint("ListPermanentAccessKeys", list::handle),
    endpoint("ShowPermanentAccessKey", show::handle),
    endpoint("UpdatePermanentAccessKey", update::handle),
    endpoint("DeletePermanentAccessKey", delete::handle),
];

#[derive(Serialize)]
struct CredentialAnswer<T: Serialize> {
    credential: T,
}

fn view(key: &AccessKey) -> AccessKeyView {
    AccessKeyView {
        access: key.id.to_string(),
        secret: None,
        status: if key.active { AccessKeyStatus::Active } else { AccessKeyStatus::Inactive },
        user_id: key.user_id.to_string(),
        create_time: key.created.rfc3339_millis().to_string(),
        description: key.description.clone(),
    }
}

/// The access key of the path, when the caller may do the action with it. Who may not is told so whether it exists or
/// not.
fn find(call: &Call, caller: &Caller, action: &str) -> Result<Arc<AccessKey>, Refusal> {
    let directory = call.directory()?;
    let id = call.path("access_key");
    let key = directory.access_keys.find(id).filter(|key| key.domain_id == caller.domain.id);
    caller.require_for_user(action, key.map_or("*", |key| key.user_id.as_str()))?;
    Ok(Arc::clone(key.ok_or_else(|| Error::NotFound { kind: "credential", id: id.to_owned() })?))
}
