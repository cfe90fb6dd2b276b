use super::{ProjectAnswer, list, view};
use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use countersign_identity::{Caller, Error, Project};
use std::sync::Arc;

pub(super) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let project = find_visible(call, caller)?;
    Ok(Answer::json(&ProjectAnswer { project: view(call, &project) }))
}

/// The project of the path: whoever would find it in the list sees it.
pub(crate) fn find_visible(call: &Call, caller: &Caller) -> Result<Arc<Project>, Refusal> {
    let id = call.path("project_id");
    let mut visible = list::visible(call, caller)?.into_iter();
    let project = visible.find(|project| project.id.as_str() == id);
    project.ok_or_else(|| Error::NotFound { kind: "project", id: id.to_owned() }.into())
}
