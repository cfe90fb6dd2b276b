use super::read::id;
use super::write::receipt;
use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::apis::VersionSwitch;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let body: VersionSwitch = call.json()?;
    let version = id("version_id", body.version_id)?;
    Ok(Answer::json(&receipt(call.control.switch_version(
        &call.instance()?,
        &call.id("api_id")?,
        &version,
    )?)))
}
