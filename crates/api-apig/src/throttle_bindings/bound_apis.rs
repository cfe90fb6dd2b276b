use super::view::{bound, places};
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::{Error, Throttle, validate::required};

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let throttle = required("throttle_id", call.query_id("throttle_id")?)?;
    let (at, paging) = (call.instance()?, call.paging()?);
    let page = call.control.list_bound_apis::<Throttle>(&at, &throttle, &places(call), paging)?;
    Ok(Answer::page("apis", page, bound))
}
