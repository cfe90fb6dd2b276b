use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::instances::{TagView, TagsView};
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let tags = call.control.instance_tags(&call.instance()?)?;
    let tags = tags.into_iter().map(|tag| TagView { key: tag.key, value: tag.value }).collect();
    Ok(Answer::json(&TagsView { tags }))
}
