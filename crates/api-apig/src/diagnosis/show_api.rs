use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::diagnosis::DiagnosisSwitchView;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let enabled = call.control.is_api_diagnosed(&call.instance()?, &call.id("api_id")?)?;
    Ok(Answer::json(&DiagnosisSwitchView { enabled }))
}
