use super::view;
use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::instances::TagsView;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let tags = call.control.instance_tags(&call.instance()?)?;
    Ok(Answer::json(&TagsView { tags: view(tags) }))
}
