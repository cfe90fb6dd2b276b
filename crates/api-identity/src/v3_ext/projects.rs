//! `/v3-ext/projects/{project_id}`: a project with its status.

use crate::answer::Answer;
use crate::call::Call;
use crate::endpoints::{Endpoint, endpoint};
use crate::refusal::Refusal;
use crate::v3::projects::find_visible;
use countersign_api_types::iam::project::{
    ProjectStatus as WireStatus, ProjectStatusView, ProjectStatusWrite,
};
use countersign_identity::{Caller, Project, ProjectStatus};
use serde::Serialize;

pub(crate) const ENDPOINTS: &[Endpoint] =
    &[endpoint("ShowProjectDetailsAndStatus", show), endpoint("UpdateProjectStatus", update)];

#[derive(Serialize)]
struct ProjectAnswer {
    project: ProjectStatusView,
}

fn show(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    Ok(Answer::json(&ProjectAnswer { project: view(&*find_visible(call, caller)?) }))
}

fn update(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let ProjectStatusWrite { project } = call.json()?;
    let status = match project.status {
        WireStatus::Normal => ProjectStatus::Normal,
        WireStatus::Suspended => ProjectStatus::Suspended,
    };
    call.live.update_project_status(caller, call.path("project_id"), status)?;
    Ok(Answer::EMPTY)
}

fn view(project: &Project) -> ProjectStatusView {
    let parent = project.parent_id.as_ref().map(ToString::to_string);
    ProjectStatusView {
        domain_id: project.domain_id.to_string(),
        is_domain: false,
        parent_id: parent.unwrap_or_else(|| project.domain_id.to_string()),
        name: project.name.clone(),
        description: project.description.clone(),
        id: project.id.to_string(),
        enabled: project.enabled,
        status: match project.status {
            ProjectStatus::Normal => WireStatus::Normal,
            ProjectStatus::Suspended => WireStatus::Suspended,
        },
    }
}
