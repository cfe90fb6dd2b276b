use crate::answer::Answer;
use crate::call::Call;
use countersign_control::{Error, Throttle};

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    call.control.unbind::<Throttle>(&call.instance()?, &call.id("throttle_binding_id")?)?;
    Ok(Answer::Empty)
}
