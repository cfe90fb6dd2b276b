use super::view;
use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::throttles::SpecialUpdate;
use countersign_control::{Error, validate::required};

pub(in crate::throttles) fn handle(call: &Call) -> Result<Answer, Error> {
    let body: SpecialUpdate = call.json()?;
    let limit = required("call_limits", body.call_limits)?;
    let (throttle, id) = (call.id("throttle_id")?, call.id("strategy_id")?);
    Ok(Answer::json(&view(call.control.update_special(&call.instance()?, &throttle, &id, limit)?)))
}
