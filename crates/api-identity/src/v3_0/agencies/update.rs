use super::{AgencyAnswer, draft, view};
use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::{Refusal, invalid};
use countersign_api_types::iam::agency::AgencyWrite;
use countersign_identity::Caller;

pub(super) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let AgencyWrite { agency } = call.json()?;
    if agency.name.is_some() {
        return Err(invalid("agency.name", "an agency keeps its name"));
    }
    let agency = call.live.update_agency(caller, call.path("agency_id"), &draft(agency)?)?;
    Ok(Answer::json(&AgencyAnswer { agency: view(&*call.directory()?, &agency) }))
}
