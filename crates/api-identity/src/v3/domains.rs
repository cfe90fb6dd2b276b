//! `/v3/domains`: a caller sees its own account; the operator of the installation opens others.

use crate::answer::Answer;
use crate::call::Call;
use crate::endpoints::{Endpoint, endpoint};
use crate::refusal::Refusal;
use crate::v3::links;
use countersign_api_types::iam::link::{NoOptions, PageLinks};
use countersign_api_types::iam::project::{DomainFields, DomainView, DomainWrite, NewDomainView, NewOwner};
use countersign_identity::{Caller, Domain, DomainDraft, Error, NewDomain};
use serde::Serialize;

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint("KeystoneListDomains", list),
    endpoint("KeystoneCreateDomain", create),
    endpoint("KeystoneShowDomain", show),
];

#[derive(Serialize)]
struct Domains {
    domains: Vec<DomainView>,
    links: PageLinks,
}

#[derive(Serialize)]
struct DomainAnswer {
    domain: DomainView,
}

#[derive(Serialize)]
struct NewDomainAnswer {
    domain: NewDomainView,
}

fn list(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let is_wanted = call.wants("name", &caller.domain.name) && call.wants_flag("enabled", true);
    let domains = is_wanted.then(|| view(call, &caller.domain)).into_iter().collect();
    Ok(Answer::json(&Domains { domains, links: links::whole(call) }))
}

fn create(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let DomainWrite { domain: DomainFields { name, enabled, description, .. } } = call.json()?;
    let draft = DomainDraft { name, enabled, description };
    let NewDomain { domain, owner, password } = call.live.create_domain(caller, &call.site.region, &draft)?;
    let owner =
        NewOwner { id: owner.id.to_string(), name: owner.name, password: password.expose().to_owned() };
    Ok(Answer::json(&NewDomainAnswer { domain: NewDomainView { domain: view(call, &domain), owner } }))
}

fn show(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let id = call.path("domain_id");
    if id != caller.domain.id.as_str() {
        return Err(Error::NotFound { kind: "domain", id: id.to_owned() }.into());
    }
    Ok(Answer::json(&DomainAnswer { domain: view(call, &caller.domain) }))
}

pub(super) fn view(call: &Call, domain: &Domain) -> DomainView {
    DomainView {
        description: domain.description.clone(),
        enabled: domain.enabled,
        id: domain.id.to_string(),
        links: links::to(call, &format!("/v3/domains/{}", domain.id)),
        name: domain.name.clone(),
        tags: [],
        options: NoOptions {},
    }
}
