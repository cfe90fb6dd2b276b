//! What a caller may do: enter the project of the path, and there what the operation's action guards.

use crate::call::Call;
use crate::contract::{Guard, Operation};
use crate::endpoints::Endpoint;
use crate::refusal::Refusal;
use countersign_identity::{Caller, Credential, Directory, Error, Target};
use countersign_types::ProjectId;
use http::HeaderMap;

const DOMAIN_ID: &str = "x-domain-id";
const PROJECT_ID: &str = "x-project-id";

/// The caller, acting in the project of the path. `X-Project-Id` and `X-Domain-Id`, when sent, must agree.
pub(crate) fn enter(
    caller: Caller,
    directory: &Directory,
    project: &str,
    headers: &HeaderMap,
) -> Result<Caller, Refusal> {
    if matches!(caller.credential, Credential::Token(_)) && !matches!(caller.target, Target::Project(_)) {
        return Err(Refusal::NoProject);
    }
    if !agrees(headers, PROJECT_ID, project) || !agrees(headers, DOMAIN_ID, caller.domain.id.as_str()) {
        return Err(Error::Forbidden.into());
    }
    // What cannot be a project's id is no project of the caller's either.
    let project = ProjectId::parse(project).map_err(|_| Error::Forbidden)?;
    Ok(caller.enter_project(directory, &project)?)
}

/// Clients of the C++ kind send the header empty when they have nothing to say.
fn agrees(headers: &HeaderMap, name: &str, expected: &str) -> bool {
    headers.get_all(name).iter().all(|named| named.is_empty() || named == expected)
}

/// Asks for the operation's action on what the path names.
pub(crate) fn require(
    operation: &Operation,
    endpoint: Option<&Endpoint>,
    call: &Call,
) -> Result<(), Refusal> {
    let action = match operation.guard {
        Guard::One(action) => action,
        Guard::Either { offline, .. } if endpoint.is_some_and(|endpoint| (endpoint.is_offline)(call)) => {
            offline
        }
        Guard::Either { online, .. } => online,
    };
    Ok(call.caller.require(action, &resource(operation, call))?)
}

/// `apig:region:account:type:id`. Everything on a gateway is its gateway, and what a project has without naming one is
/// any gateway; certificates alone stand beside gateways.
fn resource(operation: &Operation, call: &Call) -> String {
    let (kind, id) = match (call.parameter("instance_id"), call.parameter("certificate_id")) {
        (Some(gateway), _) => ("instance", gateway),
        (None, Some(certificate)) => ("certificate", certificate),
        (None, None) if operation.entry.path.ends_with("/certificates") => ("certificate", "*"),
        (None, None) => ("instance", "*"),
    };
    format!("apig:{}:{}:{kind}:{id}", call.control.region, call.caller.domain.id)
}
