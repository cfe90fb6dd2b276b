use super::{GroupAnswer, draft, view};
use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use countersign_api_types::iam::user::GroupWrite;
use countersign_identity::Caller;

pub(super) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let GroupWrite { group } = call.json()?;
    caller.require_domain(group.domain_id.as_deref())?;
    let group = call.live.create_group(caller, &draft(group))?;
    Ok(Answer::json(&GroupAnswer { group: view(call, &group) }))
}
