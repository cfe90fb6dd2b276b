use super::{ProjectAnswer, draft, view};
use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::{Refusal, invalid};
use countersign_api_types::iam::project::ProjectWrite;
use countersign_identity::Caller;

pub(super) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let ProjectWrite { project } = call.json()?;
    caller.require_domain(project.domain_id.as_deref())?;
    if project.parent_id.is_some() {
        return Err(invalid("project.parent_id", "a project stays where it is"));
    }
    let project = call.live.update_project(caller, call.path("project_id"), &draft(project))?;
    Ok(Answer::json(&ProjectAnswer { project: view(call, &project) }))
}
