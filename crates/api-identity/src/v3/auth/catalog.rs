//! `GET /v3/auth/catalog`: the services, as a token's body lists them.

use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use crate::v3::links;
use countersign_api_types::iam::link::PageLinks;
use countersign_identity::{Caller, Error, Target};
use serde::Serialize;
use serde_json::value::RawValue;

#[derive(Serialize)]
struct Catalog<'a> {
    catalog: &'a RawValue,
    links: PageLinks,
}

/// A token without a scope has no catalog, here as in its body.
pub(super) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    if matches!(caller.target, Target::Unscoped) {
        return Err(Error::Forbidden.into());
    }
    Ok(Answer::json(&Catalog { catalog: call.base.catalog(&call.site), links: links::whole(call) }))
}
