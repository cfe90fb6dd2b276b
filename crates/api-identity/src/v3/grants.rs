//! Roles given: one set of functions for every path that ends in `…/roles/{role_id}`.
//!
//! Who has the role is the path's user, group or agency; where it holds is its project, or all projects of the account
//! below `OS-INHERIT`, or else the account itself.

use crate::answer::Answer;
use crate::call::Call;
use crate::endpoints::{Endpoint, endpoint};
use crate::refusal::Refusal;
use crate::v3::roles;
use countersign_identity::{Actor, Caller, Error, Grant, Place};

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint("KeystoneAssociateGroupWithDomainPermission", give),
    endpoint("KeystoneCheckDomainPermissionForGroup", check),
    endpoint("KeystoneRemoveDomainPermissionFromGroup", withdraw),
    endpoint("KeystoneListDomainPermissionsForGroup", list),
    endpoint("KeystoneAssociateGroupWithProjectPermission", give),
    endpoint("KeystoneCheckProjectPermissionForGroup", check),
    endpoint("KeystoneRemoveProjectPermissionFromGroup", withdraw),
    endpoint("KeystoneListProjectPermissionsForGroup", list),
    endpoint("UpdateDomainGroupInheritRole", give),
    endpoint("KeystoneCheckroleForGroup", check),
    endpoint("DeleteDomainGroupInheritedRole", withdraw),
    endpoint("KeystoneListAllProjectPermissionsForGroup", list),
    endpoint("KeystoneAssociateUserWithProjectPermission", give),
    endpoint("KeystoneCheckProjectPermissionForUser", check),
    endpoint("KeystoneRemoveProjectPermissionFromUser", withdraw),
    endpoint("KeystoneListProjectPermissionsForUser", list),
    endpoint("KeystoneAssociateUserWithDomainPermission", give),
    endpoint("KeystoneCheckDomainPermissionForUser", check),
    endpoint("KeystoneRemoveDomainPermissionFromUser", withdraw),
    endpoint("KeystoneListDomainPermissionsForUser", list),
    endpoint("KeystoneAssociateUserWithAllProjectsPermission", give),
    endpoint("KeystoneCheckAllProjectsPermissionForUser", check),
    endpoint("KeystoneRemoveAllProjectsPermissionFromUser", withdraw),
    endpoint("KeystoneListAllProjectsPermissionsForUser", list),
    endpoint("AssociateAgencyWithDomainPermission", give),
    endpoint("CheckDomainPermissionForAgency", check),
    endpoint("RemoveDomainPermissionFromAgency", withdraw),
    endpoint("ListDomainPermissionsForAgency", list),
    endpoint("AssociateAgencyWithProjectPermission", give),
    endpoint("CheckProjectPermissionForAgency", check),
    endpoint("RemoveProjectPermissionFromAgency", withdraw),
    endpoint("ListProjectPermissionsForAgency", list),
    endpoint("AssociateAgencyWithAllProjectsPermission", give),
    endpoint("CheckAllProjectsPermissionForAgency", check),
    endpoint("RemoveAllProjectsPermissionFromAgency", withdraw),
    endpoint("ListAllProjectsPermissionsForAgency", list),
];

fn give(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    call.live.grant(caller, &grant(call, caller)?)?;
    Ok(Answer::EMPTY)
}

fn withdraw(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    call.live.withdraw(caller, &grant(call, caller)?)?;
    Ok(Answer::EMPTY)
}

fn check(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    call.live.check_grant(caller, &grant(call, caller)?)?;
    Ok(Answer::EMPTY)
}

fn list(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let granted = call.live.granted(caller, &actor(call)?, &place(call, caller)?)?;
    roles::answer(call, granted.iter())
}

fn grant(call: &Call, caller: &Caller) -> Result<Grant, Refusal> {
    Ok(Grant { actor: actor(call)?, place: place(call, caller)?, role_id: call.id("role", "role_id")? })
}

fn actor(call: &Call) -> Result<Actor, Error> {
    match (call.path("user_id"), call.path("group_id")) {
        ("", "") => Ok(Actor::Agency(call.id("agency", "agency_id")?)),
        ("", _) => Ok(Actor::Group(call.id("group", "group_id")?)),
        _ => Ok(Actor::User(call.id("user", "user_id")?)),
    }
}

fn place(call: &Call, caller: &Caller) -> Result<Place, Error> {
    if !call.path("project_id").is_empty() {
        return Ok(Place::Project(call.id("project", "project_id")?));
    }
    caller.require_domain(Some(call.path("domain_id")))?;
    let is_inherited = call.head.uri.path().ends_with("/inherited_to_projects");
    Ok(if is_inherited { Place::AllProjects } else { Place::Domain })
}
