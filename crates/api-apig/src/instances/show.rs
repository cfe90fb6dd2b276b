use super::view::detail;
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let instance = call.control.instance(&call.gateway()?)?;
    Ok(Answer::json(&detail(&call.control, &instance)))
}
