use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::instances::ProgressView;
use countersign_control::Error;

/// A gateway is complete as soon as it exists.
pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let created = call.control.instance(&call.gateway()?)?.created.unix_millis();
    Ok(Answer::json(&ProgressView {
        progress: 100,
        status: "success".to_owned(),
        error_code: String::new(),
        error_msg: String::new(),
        start_time: created,
        end_time: created,
    }))
}
