use super::view;
use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::throttles::{SpecialCreate, SpecialView};
use countersign_control::throttles::SpecialObject;
use countersign_control::{Error, validate::required};

pub(in crate::throttles) fn handle(call: &Call) -> Result<Answer, Error> {
    let body: SpecialCreate = call.json()?;
    let limit = required("call_limits", body.call_limits)?;
    let kind = required("object_type", body.object_type)?;
    let object = SpecialObject::parse(&kind, &required("object_id", body.object_id)?)?;
    let listed = call.control.create_special(&call.instance()?, &call.id("throttle_id")?, &object, limit)?;
    let apply_time = listed.special.created.rfc3339_nanos().to_string();
    Ok(Answer::json(&SpecialView { apply_time, ..view(listed) }))
}
