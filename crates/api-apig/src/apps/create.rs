use super::{draft, view};
use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::apps::AppView;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let open = call.control.create_app(&call.instance()?, &draft(call)?)?;
    let now = open.app.created.rfc3339_nanos().to_string();
    Ok(Answer::json(&AppView { update_time: now.clone(), register_time: now, ..view(open) }))
}
