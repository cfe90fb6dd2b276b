//! `GET /v3/role_assignments`: who has which role where.

use crate::answer::Answer;
use crate::call::Call;
use crate::endpoints::{Endpoint, endpoint};
use crate::refusal::Refusal;
use crate::v3::links;
use countersign_api_types::iam::link::PageLinks;
use countersign_api_types::iam::role::{AssignmentLinks, AssignmentScope, AssignmentView, Reference};
use countersign_api_types::iam::token::NamedView;
use countersign_identity::{Actor, Assignment, Caller, Directory, Domain, Place};
use serde::Serialize;

pub(crate) const ENDPOINTS: &[Endpoint] = &[endpoint("KeystoneListRoleAssignments", list)];

/// How the contract names a role that holds in every project.
const INHERITED: &str = "projects";

#[derive(Serialize)]
struct Assignments {
    role_assignments: Vec<AssignmentView>,
    links: PageLinks,
}

fn list(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    caller.require("iam:permissions:listRoleAssignments", &caller.resource("role", "*"))?;
    let directory = call.directory()?;
    let own = directory.given_in(&caller.domain.id);
    let wanted = own.filter(|given| is_wanted(call, given));
    let names = call.query("include_names").map(|_| Names { directory: &directory, domain: &caller.domain });
    let role_assignments = wanted.map(|given| view(call, given, names.as_ref())).collect();
    Ok(Answer::json(&Assignments { role_assignments, links: links::whole(call) }))
}

/// Where names are found, when they are asked for.
struct Names<'a> {
    directory: &'a Directory,
    domain: &'a Domain,
}

fn is_wanted(call: &Call, given: &Assignment) -> bool {
    let (kind, actor) = given.actor.parts();
    let of = |name: &str, label: &str| call.query(name).is_none_or(|id| kind == label && id == actor);
    let domain = given.domain_id.as_str();
    let (domain, project, inherited_to) = match &given.place {
        Place::Domain => (domain, "", ""),
        Place::AllProjects => (domain, "", INHERITED),
        Place::Project(id) => ("", id.as_str(), ""),
    };
    of("user.id", "user")
        && of("group.id", "group")
        && call.wants("role.id", given.role_id.as_str())
        && call.wants("scope.project.id", project)
        && call.wants("scope.domain.id", domain)
        && call.wants("scope.OS-INHERIT:inherited_to", inherited_to)
}

fn view(call: &Call, given: &Assignment, names: Option<&Names<'_>>) -> AssignmentView {
    let (kind, actor) = given.actor.parts();
    let of = |label: &str| (kind == label).then(|| owned(actor, names, |names| names.actor(&given.actor)));
    AssignmentView {
        role: plain(given.role_id.as_str(), names.and_then(|names| names.role(given))),
        user: of("user"),
        group: of("group"),
        agency: of("agency"),
        scope: scope(given, names),
        links: AssignmentLinks { assignment: links::whole(call).this },
    }
}

fn scope(given: &Assignment, names: Option<&Names<'_>>) -> AssignmentScope {
    let domain = || Some(plain(given.domain_id.as_str(), names.map(|names| names.domain.name.as_str())));
    match &given.place {
        Place::Domain => AssignmentScope { project: None, domain: domain(), inherited_to: None },
        Place::AllProjects => {
            AssignmentScope { project: None, domain: domain(), inherited_to: Some(INHERITED) }
        }
        Place::Project(id) => {
            let name = |names: &Names<'_>| {
                names.directory.projects.find(id.as_str()).map(|found| found.name.clone())
            };
            AssignmentScope {
                project: Some(owned(id.as_str(), names, name)),
                domain: None,
                inherited_to: None,
            }
        }
    }
}

/// An account or a role.
fn plain(id: &str, name: Option<&str>) -> Reference {
    Reference { id: id.to_owned(), name: name.map(str::to_owned), domain: None }
}

/// Something of the account.
fn owned(id: &str, names: Option<&Names<'_>>, name: impl Fn(&Names<'_>) -> Option<String>) -> Reference {
    let domain =
        names.map(|names| NamedView { id: names.domain.id.to_string(), name: names.domain.name.clone() });
    Reference { id: id.to_owned(), name: names.and_then(name), domain }
}

impl Names<'_> {
    fn role(&self, given: &Assignment) -> Option<&str> {
        let role = self.directory.role(&given.domain_id, given.role_id.as_str());
        role.map(|role| role.name.as_str())
    }

    fn actor(&self, actor: &Actor) -> Option<String> {
        let Directory { users, groups, agencies, .. } = self.directory;
        match actor {
            Actor::User(id) => users.find(id.as_str()).map(|user| user.name.clone()),
            Actor::Group(id) => groups.find(id.as_str()).map(|group| group.name.clone()),
            Actor::Agency(id) => agencies.find(id.as_str()).map(|agency| agency.name.clone()),
        }
    }
}
