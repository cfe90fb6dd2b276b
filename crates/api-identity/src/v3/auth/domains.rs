//! `GET /v3/auth/domains`: the caller's account.

use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use crate::v3::{domains::view, links};
use countersign_api_types::iam::link::PageLinks;
use countersign_api_types::iam::project::DomainView;
use countersign_identity::Caller;
use serde::Serialize;

#[derive(Serialize)]
struct Domains {
    domains: [DomainView; 1],
    links: PageLinks,
}

pub(in crate::v3) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    Ok(Answer::json(&Domains { domains: [view(call, &caller.domain)], links: links::whole(call) }))
}
