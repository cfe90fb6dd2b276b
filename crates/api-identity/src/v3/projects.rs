//! `/v3/projects`

mod create;
mod list;
mod show;
mod update;

use crate::answer::Answer;
use crate::call::Call;
use crate::endpoints::{Endpoint, endpoint};
use crate::page::{PER_PAGE_MAX, page};
use crate::refusal::Refusal;
use crate::v3::links;
use countersign_api_types::iam::link::{NoOptions, PageLinks};
use countersign_api_types::iam::project::{ProjectFields, ProjectView};
use countersign_identity::{Project, ProjectDraft};
use serde::Serialize;
use std::sync::Arc;

pub(crate) use show::find_visible;

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint("KeystoneListProjects", list::handle),
    endpoint("KeystoneCreateProject", create::handle),
    endpoint("KeystoneShowProject", show::handle),
    endpoint("KeystoneUpdateProject", update::handle),
];

#[derive(Serialize)]
struct Projects {
    projects: Vec<ProjectView>,
    links: PageLinks,
}

#[derive(Serialize)]
struct ProjectAnswer {
    project: ProjectView,
}

fn draft(fields: ProjectFields) -> ProjectDraft {
    let ProjectFields { name, parent_id, enabled, description, .. } = fields;
    ProjectDraft { name, parent_id, enabled, description }
}

/// A list of projects.
pub(super) fn answer(call: &Call, projects: &[Arc<Project>]) -> Result<Answer, Refusal> {
    let page = page(call, projects.iter(), PER_PAGE_MAX, |project| project.id.as_str())?;
    let projects = page.items.iter().map(|project| view(call, project)).collect();
    Ok(Answer::json(&Projects { projects, links: page.links }))
}

fn view(call: &Call, project: &Project) -> ProjectView {
    let parent = project.parent_id.as_ref().map(ToString::to_string);
    ProjectView {
        is_domain: false,
        description: project.description.clone(),
        links: links::to(call, &format!("/v3/projects/{}", project.id)),
        enabled: project.enabled,
        id: project.id.to_string(),
        parent_id: parent.unwrap_or_else(|| project.domain_id.to_string()),
        domain_id: project.domain_id.to_string(),
        name: project.name.clone(),
        tags: [],
        options: NoOptions {},
    }
}
