//! Whether the caller may.

use crate::{
    accept::Request,
    authenticate::{Caller, Who},
    reject::{Reject, Stage},
    route::Routed,
};
use countersign_types::{Code, DomainId, ProjectId, code};
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
/// 403: the app has no authorization for the API in this environment, or the project or account that the request
/// names is not within reach of the credential.
pub(crate) fn authorize<'s>(
    request: &Request,
    routed: Routed<'s>,
    caller: Caller<'s>,
) -> Result<Permit<'s>, Reject> {
    match caller.who() {
        Who::Anonymous | Who::Custom => {}
        Who::App { id, .. } if routed.release.authorizes(id) => {}
        Who::App { .. } => return Err(reject(code::APP_UNAUTHORIZED, "app_not_authorized")),
        Who::Iam { bearer, project_ids } => check_scope(request, bearer.domain_id(), project_ids)?,
    }
    Ok(Permit { routed, caller })
}

fn reject(code: Code, reason: &'static str) -> Reject {
    Reject::new(Stage::Authorize, code, reason)
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
