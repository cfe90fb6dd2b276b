use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::instances::TagsAction;
use countersign_control::Error;
use countersign_control::instances::Tag;
use countersign_control::instances::tags::TagAction;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let body: TagsAction = call.json()?;
    let action = match body.action.as_deref() {
        Some("create") => TagAction::Create,
        Some("delete") => TagAction::Delete,
        _ => return Err(Error::instance_invalid("action")),
    };
    let tags = body.tags.ok_or_else(|| Error::instance_invalid("tags"))?;
    let tags: Vec<_> = tags.into_iter().map(|tag| Tag { key: tag.key, value: tag.value }).collect();
    call.control.change_instance_tags(&call.gateway()?, action, &tags)?;
    Ok(Answer::Empty)
}
