use super::view::bound_key;
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::bindings::PolicyFilter;
use countersign_control::{Error, Page, SignatureKey, validate::required};

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let api = required("api_id", call.query_id("api_id")?)?;
    let filter = PolicyFilter {
        id: call.exact("sign_id"),
        name: call.filter("sign_name"),
        env_id: call.exact("env_id"),
        ..PolicyFilter::default()
    };
    let at = call.instance()?;
    let page = call.control.list_policies_of_api::<SignatureKey>(&at, &api, &filter, call.paging()?)?;
    let views = page.items.into_iter().map(|bound| bound_key(&call.control, bound));
    let page = Page { total: page.total, items: views.collect::<Result<_, _>>()? };
    Ok(Answer::page("bindings", page, |view| view))
}
