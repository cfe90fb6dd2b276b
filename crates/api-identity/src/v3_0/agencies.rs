//! `/v3.0/OS-AGENCY/agencies`

mod create;
mod delete;
mod list;
mod show;
mod update;

use crate::endpoints::{Endpoint, endpoint};
use crate::refusal::{Refusal, invalid};
use crate::v3_0::time::local;
use countersign_api_types::iam::agency::{AgencyDuration, AgencyFields, AgencyView};
use countersign_identity::{Agency, AgencyDraft, Directory, DomainRef};
use serde::Serialize;

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint("ListAgencies", list::handle),
    endpoint("CreateAgency", create::handle),
    endpoint("ShowAgency", show::handle),
    endpoint("UpdateAgency", update::handle),
    endpoint("DeleteAgency", delete::handle),
];

#[derive(Serialize)]
struct AgencyAnswer {
    agency: AgencyView,
}

fn view(directory: &Directory, agency: &Agency) -> AgencyView {
    let trusted = directory.domains.find(agency.trust_domain_id.as_str());
    let hours = agency.duration_days.map(|days| (u64::from(days) * 24).to_string());
    AgencyView {
        id: agency.id.to_string(),
        name: agency.name.clone(),
        domain_id: agency.domain_id.to_string(),
        trust_domain_id: agency.trust_domain_id.to_string(),
        trust_domain_name: trusted.map(|domain| domain.name.clone()).unwrap_or_default(),
        description: agency.description.clone(),
        duration: hours.unwrap_or_else(|| "FOREVER".to_owned()),
        create_time: local(agency.created),
        expire_time: agency.expires.map(local),
    }
}

fn draft(fields: AgencyFields) -> Result<AgencyDraft, Refusal> {
    let AgencyFields { name, trust_domain_id, trust_domain_name, description, duration, .. } = fields;
    let trusted = trust_domain_id.map(DomainRef::Id).or(trust_domain_name.map(DomainRef::Name));
    let duration_days = duration.map(days).transpose()?;
    Ok(AgencyDraft { name, trusted, description, duration_days })
}

/// Days; `None` for ever.
fn days(duration: AgencyDuration) -> Result<Option<u32>, Refusal> {
    let days = match duration {
        AgencyDuration::Text(word) if word == "FOREVER" => return Ok(None),
        AgencyDuration::Text(word) if word == "ONEDAY" => Some(1),
        AgencyDuration::Text(digits) => digits.parse().ok(),
        AgencyDuration::Days(days) => Some(days),
    };
    let days = days.filter(|days| (1..=36_500).contains(days));
    days.map(Some).ok_or_else(|| invalid("agency.duration", "FOREVER, ONEDAY or 1 to 36500 days"))
}
