//! Whether the caller may.

mod account;

use crate::{
    accept::Request,
    access::Entered,
    authenticate::{Caller, Who},
    reject::{Reject, Stage},
    route::Routed,
};
use countersign_snapshot::Snapshot;
use countersign_types::{AppId, Code, DomainId, ProjectId, code};
use http::HeaderName;

const PROJECT: HeaderName = HeaderName::from_static("x-project-id");
const DOMAIN: HeaderName = HeaderName::from_static("x-domain-id");

/// Proof that this caller may make this call.
pub(crate) struct Permit<'s> {
    pub(crate) routed: Routed<'s>,
    pub(crate) caller: Caller<'s>,
}

/// Decides.
///
/// # Errors
/// 403: the lists of accounts keep the caller out, the app calls from an address that its own list keeps out or has no
/// authorization for the API in this environment, or the project or account that the request names is not within reach
/// of the credential.
pub(crate) fn authorize<'s>(
    request: &Request,
    snapshot: &Snapshot,
    Entered { routed }: Entered<'s>,
    caller: Caller<'s>,
) -> Result<Permit<'s>, Reject> {
    account::check(snapshot.principals(), &routed.release.access, caller.who())?;
    match caller.who() {
        Who::Anonymous | Who::Custom => {}
        Who::App { id, .. } => check_app(snapshot, &routed, id)?,
        Who::Iam { bearer, project_ids } => check_scope(request, bearer.domain_id(), project_ids)?,
    }
    Ok(Permit { routed, caller })
}

fn reject(code: Code, reason: &'static str) -> Reject {
    Reject::new(Stage::Authorize, code, reason)
}

/// Where the app calls from, then whether it may call.
fn check_app(snapshot: &Snapshot, routed: &Routed<'_>, id: &AppId) -> Result<(), Reject> {
    if snapshot.addresses_of_app(id).is_some_and(|list| !list.admits(routed.source)) {
        return Err(reject(code::APP_ADDRESS_UNTRUSTED, "app_address_not_admitted"));
    }
    if routed.release.authorizes(id) {
        Ok(())
    } else {
        Err(reject(code::APP_UNAUTHORIZED, "app_not_authorized"))
    }
}

/// These headers may be outside the signature, so they are believed only as far as the credential reaches.
fn check_scope(request: &Request, domain: &DomainId, projects: &[ProjectId]) -> Result<(), Reject> {
    let named =
        |header: HeaderName| request.headers().get_all(header).iter().filter(|value| !value.is_empty());
    if named(PROJECT).any(|value| !projects.iter().any(|own| own.as_str().as_bytes() == value.as_bytes())) {
        return Err(reject(code::PROJECT_UNAVAILABLE, "foreign_project"));
    }
    if named(DOMAIN).any(|value| domain.as_str().as_bytes() != value.as_bytes()) {
        return Err(reject(code::IAM_UNAUTHORIZED, "foreign_domain"));
    }
    Ok(())
}
