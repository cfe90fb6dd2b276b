use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::apps::AppCheckView;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let app = call.control.validate_app(&call.instance()?, &call.id("app_id")?)?;
    Ok(Answer::json(&AppCheckView { id: app.id.to_string(), name: app.name, remark: app.remark }))
}
