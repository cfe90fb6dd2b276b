use super::{ProjectAnswer, list, view};
use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use countersign_identity::{Caller, Error};

/// Whoever would find the project in the list sees it.
pub(super) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let id = call.path("project_id");
    let visible = list::visible(call, caller)?;
    let project = visible.iter().find(|project| project.id.as_str() == id);
    let project = project.ok_or_else(|| Error::NotFound { kind: "project", id: id.to_owned() })?;
    Ok(Answer::json(&ProjectAnswer { project: view(call, project) }))
}
