use super::created;
use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::app_codes::AppCodeCreate;
use countersign_control::{Error, validate::required};
use countersign_types::Passcode;

pub(in crate::apps) fn handle(call: &Call) -> Result<Answer, Error> {
    let body: AppCodeCreate = call.json()?;
    let code = required("app_code", body.app_code)?;
    let open =
        call.control.create_app_code(&call.instance()?, &call.id("app_id")?, Some(Passcode::new(code)))?;
    Ok(Answer::json(&created(open)))
}
