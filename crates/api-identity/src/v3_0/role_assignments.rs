//! `GET /v3.0/OS-PERMISSION/role-assignments`: who has which role where in the account.

use crate::answer::Answer;
use crate::call::Call;
use crate::endpoints::{Endpoint, endpoint};
use crate::page::page;
use crate::refusal::{Refusal, invalid};
use countersign_api_types::iam::role::{GivenScope, GivenView, IdView};
use countersign_identity::{Actor, Assignment, Caller, Directory, Place};
use serde::Serialize;

pub(crate) const ENDPOINTS: &[Endpoint] = &[endpoint("ShowDomainRoleAssignments", list)];

/// Most entries of a page.
const PER_PAGE_MAX: usize = 50;

#[derive(Serialize)]
struct Given {
    total_num: usize,
    role_assignments: Vec<GivenView>,
}

fn list(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    caller.require("iam:permissions:listRoleAssignments", &caller.resource("permission", "*"))?;
    caller
        .require_domain(Some(call.query("domain_id").ok_or_else(|| invalid("domain_id", "an account"))?))?;
    let directory = call.directory()?;
    let wanted = Wanted::read(call, &directory)?;
    let given = directory.given_in(&caller.domain.id).filter(|given| wanted.is(given));
    // An entry has no id that a marker could be.
    let page = page(call, given, PER_PAGE_MAX, |_| "")?;
    let role_assignments = page.items.iter().map(|given| view(given)).collect();
    Ok(Answer::json(&Given { total_num: page.total, role_assignments }))
}

/// What the query asks for.
struct Wanted<'a> {
    call: &'a Call,
    /// Who may have the role, when somebody is asked for; a user's groups count, unless the query says otherwise.
    actors: Option<Vec<Actor>>,
}

impl<'a> Wanted<'a> {
    fn read(call: &'a Call, directory: &Directory) -> Result<Self, Refusal> {
        for flag in ["is_inherited", "include_group"] {
            if call.query(flag).is_some_and(|text| !matches!(text, "true" | "True" | "false" | "False")) {
                return Err(invalid("is_inherited, include_group", "true or false"));
            }
        }
        Ok(Self { call, actors: actors(call, directory) })
    }

    fn is(&self, given: &Assignment) -> bool {
        let (kind, _) = given.actor.parts();
        let (scope, project, domain) = match &given.place {
            Place::Project(id) => ("project", id.as_str(), ""),
            Place::Domain | Place::AllProjects => ("domain", "", given.domain_id.as_str()),
        };
        self.actors.as_ref().is_none_or(|actors| actors.contains(&given.actor))
            && self.call.wants("role_id", given.role_id.as_str())
            && self.call.wants("subject", kind)
            && self.call.wants("scope", scope)
            && self.call.wants("scope.project_id", project)
            && self.call.wants("scope.domain_id", domain)
            && self.call.wants("scope.enterprise_projects_id", "")
            && self.call.wants_flag("is_inherited", given.place == Place::AllProjects)
    }
}

fn actors(call: &Call, directory: &Directory) -> Option<Vec<Actor>> {
    let group = call.query("subject.group_id").and_then(|id| directory.groups.find(id));
    let agency = call.query("subject.agency_id").and_then(|id| directory.agencies.find(id));
    let user = call.query("subject.user_id").and_then(|id| directory.users.find(id));
    let is_asked = ["subject.group_id", "subject.agency_id", "subject.user_id"]
        .iter()
        .any(|name| call.query(name).is_some());
    let mut actors: Vec<_> = user.into_iter().flat_map(|user| directory.actors(user)).collect();
    if matches!(call.query("include_group"), Some("false" | "False")) {
        actors.retain(|actor| matches!(actor, Actor::User(_)));
    }
    actors.extend(group.map(|group| Actor::Group(group.id.clone())));
    actors.extend(agency.map(|agency| Actor::Agency(agency.id.clone())));
    is_asked.then_some(actors)
}

fn view(given: &Assignment) -> GivenView {
    let (kind, actor) = given.actor.parts();
    let of = |label: &str| (kind == label).then(|| id(actor));
    let (project, domain) = match &given.place {
        Place::Project(project) => (Some(id(project.as_str())), None),
        Place::Domain | Place::AllProjects => (None, Some(id(given.domain_id.as_str()))),
    };
    GivenView {
        user: of("user"),
        group: of("group"),
        agency: of("agency"),
        role: id(given.role_id.as_str()),
        scope: GivenScope { project, domain },
        is_inherited: given.place == Place::AllProjects,
    }
}

fn id(id: &str) -> IdView {
    IdView { id: id.to_owned() }
}
