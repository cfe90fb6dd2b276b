use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::diagnosis::{DiagnosisSwitch, DiagnosisSwitchView};
use countersign_control::{Error, validate::required};

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let body: DiagnosisSwitch = call.json()?;
    let enabled = required("enabled", body.enabled)?;
    call.control.set_app_diagnosed(&call.instance()?, &call.id("app_id")?, enabled)?;
    Ok(Answer::json(&DiagnosisSwitchView { enabled }))
}
