use super::view;
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let app = call.id("app_id")?;
    Ok(Answer::json(&view(&app, call.control.app_acl(&call.instance()?, &app)?)))
}
