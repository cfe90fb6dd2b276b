use super::{AgencyAnswer, draft, view};
use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use countersign_api_types::iam::agency::AgencyWrite;
use countersign_identity::Caller;

pub(super) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let AgencyWrite { agency } = call.json()?;
    caller.require_domain(agency.domain_id.as_deref())?;
    let agency = call.live.create_agency(caller, &draft(agency)?)?;
    Ok(Answer::json(&AgencyAnswer { agency: view(&*call.directory()?, &agency) }))
}
