//! `GET /v3/auth/catalog`: the services, as a token's body lists them.

use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use crate::site;
use crate::v3::links;
use countersign_api_types::iam::catalog::CatalogView;
use countersign_api_types::iam::link::PageLinks;
use countersign_identity::{Caller, Error, Target};
use serde::Serialize;

#[derive(Serialize)]
struct Catalog {
    catalog: Vec<CatalogView>,
    links: PageLinks,
}

/// A token without a scope has no catalog, here as in its body.
pub(super) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    if matches!(caller.target, Target::Unscoped) {
        return Err(Error::Forbidden.into());
    }
    Ok(Answer::json(&Catalog { catalog: site::catalog(&call.site, &call.base), links: links::whole(call) }))
}
