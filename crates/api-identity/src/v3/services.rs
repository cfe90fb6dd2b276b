//! `/v3/services`: what is in the catalog.

use crate::answer::Answer;
use crate::call::Call;
use crate::endpoints::{Endpoint, endpoint};
use crate::refusal::Refusal;
use crate::site::{SERVICES, Service};
use crate::v3::links;
use countersign_api_types::iam::catalog::ServiceView;
use countersign_api_types::iam::link::PageLinks;
use countersign_identity::{Caller, Error};
use serde::Serialize;

pub(crate) const ENDPOINTS: &[Endpoint] =
    &[endpoint("KeystoneListServices", list), endpoint("KeystoneShowService", show)];

#[derive(Serialize)]
struct Services {
    services: Vec<ServiceView>,
    links: PageLinks,
}

#[derive(Serialize)]
struct ServiceAnswer {
    service: ServiceView,
}

fn list(call: &Call, _caller: &Caller) -> Result<Answer, Refusal> {
    let wanted = SERVICES
        .iter()
        .filter(|service| call.wants("type", service.kind) && call.wants("name", service.name));
    let services = wanted.map(|service| view(call, service)).collect();
    Ok(Answer::json(&Services { services, links: links::whole(call) }))
}

fn show(call: &Call, _caller: &Caller) -> Result<Answer, Refusal> {
    let id = call.path("service_id");
    let service = SERVICES.iter().find(|service| service.id == id);
    let service = service.ok_or_else(|| Error::NotFound { kind: "service", id: id.to_owned() })?;
    Ok(Answer::json(&ServiceAnswer { service: view(call, service) }))
}

fn view(call: &Call, service: &Service) -> ServiceView {
    ServiceView {
        id: service.id.to_owned(),
        name: service.name.to_owned(),
        kind: service.kind.to_owned(),
        description: String::new(),
        enabled: true,
        links: links::to(call, &format!("/v3/services/{}", service.id)),
    }
}
