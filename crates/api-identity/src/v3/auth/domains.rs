//! `GET /v3/auth/domains`: the caller's account.

use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use crate::v3::links;
use countersign_api_types::iam::link::PageLinks;
use countersign_api_types::iam::project::DomainView;
use countersign_identity::Caller;
use serde::Serialize;

#[derive(Serialize)]
struct Domains {
    domains: Vec<DomainView>,
    links: PageLinks,
}

pub(super) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let domain = &caller.domain;
    let view = DomainView {
        description: domain.description.clone(),
        enabled: domain.enabled,
        id: domain.id.to_string(),
        links: links::to(call, &format!("/v3/domains/{}", domain.id)),
        name: domain.name.clone(),
    };
    Ok(Answer::json(&Domains { domains: vec![view], links: links::whole(call) }))
}
