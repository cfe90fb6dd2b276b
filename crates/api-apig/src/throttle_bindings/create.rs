use super::view::receipt;
use crate::answer::Answer;
use crate::call::{Call, id};
use countersign_api_types::throttles::{BindingCreate, BindingsView};
use countersign_control::{Error, Throttle, validate::required};

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let body: BindingCreate = call.json()?;
    let throttle = id("strategy_id", required("strategy_id", body.strategy_id)?)?;
    let publications = required("publish_ids", body.publish_ids)?.into_iter();
    let publications: Vec<_> = publications.map(|text| id("publish_ids", text)).collect::<Result<_, _>>()?;
    let bound = call.control.bind::<Throttle>(&call.instance()?, &throttle, &publications)?;
    Ok(Answer::json(&BindingsView { throttle_applys: bound.into_iter().map(receipt).collect() }))
}
