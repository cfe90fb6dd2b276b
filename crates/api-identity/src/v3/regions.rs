//! `/v3/regions`: this installation is one region.

use crate::answer::Answer;
use crate::call::Call;
use crate::endpoints::{Endpoint, endpoint};
use crate::refusal::Refusal;
use crate::v3::links;
use countersign_api_types::iam::catalog::{LocalesView, RegionView};
use countersign_api_types::iam::link::PageLinks;
use countersign_identity::{Caller, Error};
use serde::Serialize;

pub(crate) const ENDPOINTS: &[Endpoint] =
    &[endpoint("KeystoneListRegions", list), endpoint("KeystoneShowRegion", show)];

#[derive(Serialize)]
struct Regions {
    regions: Vec<RegionView>,
    links: PageLinks,
}

#[derive(Serialize)]
struct Region {
    region: RegionView,
}

fn list(call: &Call, _caller: &Caller) -> Result<Answer, Refusal> {
    Ok(Answer::json(&Regions { regions: vec![view(call)], links: links::whole(call) }))
}

fn show(call: &Call, _caller: &Caller) -> Result<Answer, Refusal> {
    let id = call.path("region_id");
    if id != call.site.region {
        return Err(Error::NotFound { kind: "region", id: id.to_owned() }.into());
    }
    Ok(Answer::json(&Region { region: view(call) }))
}

fn view(call: &Call) -> RegionView {
    let region = &call.site.region;
    RegionView {
        id: region.clone(),
        description: String::new(),
        parent_region_id: None,
        kind: "public",
        locales: LocalesView { en_us: region.clone() },
        links: links::to(call, &format!("/v3/regions/{region}")),
    }
}
