//! `GET /v3/role_assignments`: who has which role where.

use crate::answer::Answer;
use crate::call::Call;
use crate::endpoints::{Endpoint, endpoint};
use crate::refusal::Refusal;
use crate::v3::links;
use countersign_api_types::iam::link::PageLinks;
use countersign_api_types::iam::role::{AssignmentLinks, AssignmentScope, AssignmentView, Reference};
use countersign_identity::{Assignment, Caller, Place};
use serde::Serialize;

pub(crate) const ENDPOINTS: &[Endpoint] = &[endpoint("KeystoneListRoleAssignments", list)];

#[derive(Serialize)]
struct Assignments {
    role_assignments: Vec<AssignmentView>,
    links: PageLinks,
}

fn list(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    caller.require_reader()?;
    let directory = call.directory()?;
    let own = directory.assignments().filter(|given| given.domain_id == caller.domain.id);
    let wanted = own.filter(|given| is_wanted(call, given));
    let role_assignments = wanted.map(|given| view(call, given)).collect();
    Ok(Answer::json(&Assignments { role_assignments, links: links::whole(call) }))
}

fn is_wanted(call: &Call, given: &Assignment) -> bool {
    let (kind, actor) = given.actor.parts();
    let of = |name: &str, label: &str| call.query(name).is_none_or(|id| kind == label && id == actor);
    let project = if let Place::Project(id) = &given.place { id.as_str() } else { "" };
    of("user.id", "user")
        && of("group.id", "group")
        && call.wants("role.id", given.role_id.as_str())
        && call.wants("scope.project.id", project)
}

fn view(call: &Call, given: &Assignment) -> AssignmentView {
    let (kind, actor) = given.actor.parts();
    let of = |label: &str| (kind == label).then(|| Reference { id: actor.to_owned() });
    let domain = || Some(Reference { id: given.domain_id.to_string() });
    let scope = match &given.place {
        Place::Domain => AssignmentScope { project: None, domain: domain(), inherited_to: None },
        Place::AllProjects => {
            AssignmentScope { project: None, domain: domain(), inherited_to: Some("projects") }
        }
        Place::Project(id) => {
            let project = Some(Reference { id: id.to_string() });
            AssignmentScope { project, domain: None, inherited_to: None }
        }
    };
    AssignmentView {
        role: Reference { id: given.role_id.to_string() },
        user: of("user"),
        group: of("group"),
        agency: of("agency"),
        scope,
        links: AssignmentLinks { assignment: links::whole(call).this },
    }
}
