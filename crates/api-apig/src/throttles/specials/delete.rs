use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;

pub(in crate::throttles) fn handle(call: &Call) -> Result<Answer, Error> {
    let (throttle, id) = (call.id("throttle_id")?, call.id("strategy_id")?);
    call.control.delete_special(&call.instance()?, &throttle, &id)?;
    Ok(Answer::Empty)
}
