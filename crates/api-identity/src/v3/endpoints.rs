//! `/v3/endpoints`: where the services of the catalog are.

use crate::answer::Answer;
use crate::call::Call;
use crate::endpoints::{Endpoint, endpoint};
use crate::refusal::Refusal;
use crate::site::{self, SERVICES};
use crate::v3::links;
use countersign_api_types::iam::catalog::EndpointView;
use countersign_api_types::iam::link::PageLinks;
use countersign_identity::{Caller, Error};
use serde::Serialize;

pub(crate) const ENDPOINTS: &[Endpoint] =
    &[endpoint("KeystoneListEndpoints", list), endpoint("KeystoneShowEndpoint", show)];

#[derive(Serialize)]
struct Endpoints {
    endpoints: Vec<EndpointView>,
    links: PageLinks,
}

#[derive(Serialize)]
struct EndpointAnswer {
    endpoint: EndpointView,
}

fn list(call: &Call, _caller: &Caller) -> Result<Answer, Refusal> {
    let wanted = all(call).filter(|endpoint| {
        call.wants("interface", endpoint.interface) && call.wants("service_id", endpoint.service_id)
    });
    let endpoints = wanted.map(|endpoint| view(call, endpoint)).collect();
    Ok(Answer::json(&Endpoints { endpoints, links: links::whole(call) }))
}

fn show(call: &Call, _caller: &Caller) -> Result<Answer, Refusal> {
    let id = call.path("endpoint_id");
    let endpoint = all(call).find(|endpoint| endpoint.id == id);
    let endpoint = endpoint.ok_or_else(|| Error::NotFound { kind: "endpoint", id: id.to_owned() })?;
    Ok(Answer::json(&EndpointAnswer { endpoint: view(call, endpoint) }))
}

fn all(call: &Call) -> impl Iterator<Item = site::Endpoint> {
    SERVICES.iter().flat_map(|service| service.endpoints(&call.site, &call.base))
}

fn view(call: &Call, endpoint: site::Endpoint) -> EndpointView {
    EndpointView {
        links: links::to(call, &format!("/v3/endpoints/{}", endpoint.id)),
        id: endpoint.id,
        service_id: endpoint.service_id.to_owned(),
        interface: endpoint.interface.to_owned(),
        region: endpoint.region.clone(),
        region_id: endpoint.region,
        url: endpoint.url,
        enabled: true,
    }
}
