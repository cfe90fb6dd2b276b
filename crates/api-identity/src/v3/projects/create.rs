use super::{ProjectAnswer, draft, view};
use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use countersign_api_types::iam::project::ProjectWrite;
use countersign_identity::Caller;

pub(super) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let ProjectWrite { project } = call.json()?;
    caller.require_domain(project.domain_id.as_deref())?;
    let project = call.live.create_project(caller, &draft(project))?;
    Ok(Answer::json(&ProjectAnswer { project: view(call, &project) }))
}
