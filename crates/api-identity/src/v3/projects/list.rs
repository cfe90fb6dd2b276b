use super::answer;
use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use countersign_identity::{Caller, Project, TENANT_ADMINISTRATOR};
use std::sync::Arc;

pub(super) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let mut projects = visible(call, caller)?;
    projects.retain(|project| is_wanted(call, project));
    answer(call, &projects)
}

/// Administrators see every project of their account, others those in which they have a role: every SDK asks here
/// for the project of its region, whatever its user may do.
pub(super) fn visible(call: &Call, caller: &Caller) -> Result<Vec<Arc<Project>>, Refusal> {
    let directory = call.directory()?;
    let sees_all = caller.has(&TENANT_ADMINISTRATOR)
        || caller.require("iam:projects:listProjects", &caller.resource("project", "*")).is_ok();
    if sees_all {
        let projects = directory.projects.of(caller.domain.id.as_str());
        Ok(projects.cloned().collect())
    } else {
        Ok(directory.projects_of(&caller.domain.id, &directory.holders(&caller.who)))
    }
}

fn is_wanted(call: &Call, project: &Project) -> bool {
    let parent = project.parent_id.as_ref().map_or(project.domain_id.as_str(), |id| id.as_str());
    call.wants("name", &project.name)
        && call.wants("domain_id", project.domain_id.as_str())
        && call.wants("parent_id", parent)
        && call.wants_flag("enabled", project.enabled)
        && call.wants_flag("is_domain", false)
}
