use super::view;
use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use countersign_api_types::iam::agency::AgencyView;
use countersign_identity::Caller;
use serde::Serialize;

#[derive(Serialize)]
struct Agencies {
    agencies: Vec<AgencyView>,
}

pub(super) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    caller.require("iam:agencies:listAgencies", &caller.resource("agency", "*"))?;
    caller.require_domain(call.query("domain_id"))?;
    let directory = call.directory()?;
    let own = directory.agencies.iter().filter(|agency| agency.domain_id == caller.domain.id);
    let wanted = own.filter(|agency| {
        call.wants("name", &agency.name) && call.wants("trust_domain_id", agency.trust_domain_id.as_str())
    });
    Ok(Answer::json(&Agencies { agencies: wanted.map(|agency| view(&directory, agency)).collect() }))
}
