use super::view::failure;
use crate::answer::Answer;
use crate::call::{Call, id};
use countersign_api_types::throttles::{BindingsDelete, BindingsDeletedView};
use countersign_control::{Error, Throttle, validate::required};

/// Member of the body.
const BINDINGS: &str = "throttle_bindings";

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    if call.query("action") != Some("delete") {
        return Err(Error::invalid("action"));
    }
    let body: BindingsDelete = call.json()?;
    let ids = required(BINDINGS, body.throttle_bindings)?.into_iter();
    let ids: Vec<_> = ids.map(|text| id(BINDINGS, text)).collect::<Result<_, _>>()?;
    let left = call.control.unbind_many::<Throttle>(&call.instance()?, BINDINGS, &ids)?;
    Ok(Answer::json(&BindingsDeletedView {
        success_count: ids.len() - left.len(),
        failure: left.into_iter().map(failure).collect(),
    }))
}
