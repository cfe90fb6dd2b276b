use super::{AgencyAnswer, view};
use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use countersign_identity::{Caller, Error};

pub(super) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let directory = call.directory()?;
    let id = call.path("agency_id");
    caller.require("iam:agencies:getAgency", &caller.resource("agency", id))?;
    let agency = directory.agencies.find(id).filter(|agency| agency.domain_id == caller.domain.id);
    let agency = agency.ok_or_else(|| Error::NotFound { kind: "agency", id: id.to_owned() })?;
    Ok(Answer::json(&AgencyAnswer { agency: view(&directory, agency) }))
}
