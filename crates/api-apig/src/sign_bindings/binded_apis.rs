use super::{places, view::signed_api};
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::{Error, SignatureKey, validate::required};

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let key = required("sign_id", call.query_id("sign_id")?)?;
    let (at, filter) = (call.instance()?, places(call));
    let page = call.control.list_bound_apis::<SignatureKey>(&at, &key, &filter, call.paging()?)?;
    Ok(Answer::page("bindings", page, signed_api))
}
