use super::view;
use crate::answer::Answer;
use crate::call::Call;
use crate::page::page;
use crate::refusal::Refusal;
use countersign_api_types::iam::agency::AgencyView;
use countersign_identity::Caller;
use serde::Serialize;

/// Most agencies of a page.
const AGENCIES_PER_PAGE_MAX: usize = 500;

#[derive(Serialize)]
struct Agencies {
    agencies: Vec<AgencyView>,
}

pub(super) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    caller.require("iam:agencies:listAgencies", &caller.resource("agency", "*"))?;
    caller.require_domain(call.query("domain_id"))?;
    let directory = call.directory()?;
    let own = directory.agencies.of(caller.domain.id.as_str());
    let wanted = own.filter(|agency| {
        call.wants("name", &agency.name) && call.wants("trust_domain_id", agency.trust_domain_id.as_str())
    });
    let page = page(call, wanted, AGENCIES_PER_PAGE_MAX, |agency| agency.id.as_str())?;
    Ok(Answer::json(&Agencies {
        agencies: page.items.iter().map(|agency| view(&directory, agency)).collect(),
    }))
}
