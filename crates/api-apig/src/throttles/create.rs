use super::{draft, view};
use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::throttles::ThrottleView;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let detail = call.control.create_throttle(&call.instance()?, &draft(call)?)?;
    let create_time = detail.throttle.created.rfc3339_nanos().to_string();
    Ok(Answer::json(&ThrottleView { create_time, ..view(detail) }))
}
