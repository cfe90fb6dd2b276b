//! `/v3/projects`

mod list;

use crate::answer::Answer;
use crate::call::Call;
use crate::endpoints::{Endpoint, endpoint};
use crate::v3::links;
use countersign_api_types::iam::link::PageLinks;
use countersign_api_types::iam::project::ProjectView;
use countersign_identity::Project;
use serde::Serialize;
use std::sync::Arc;

pub(crate) const ENDPOINTS: &[Endpoint] = &[endpoint("KeystoneListProjects", list::handle)];

#[derive(Serialize)]
struct Projects {
    projects: Vec<ProjectView>,
    links: PageLinks,
}

/// A list of projects.
pub(super) fn answer(call: &Call, projects: &[Arc<Project>]) -> Answer {
    let projects = projects.iter().map(|project| view(call, project)).collect();
    Answer::json(&Projects { projects, links: links::whole(call) })
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
    }
}
