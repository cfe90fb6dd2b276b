use super::{GroupAnswer, find, view};
use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use countersign_identity::Caller;

pub(super) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let directory = call.directory()?;
    let group = find(call, caller, &directory, "iam:groups:getGroup")?;
    Ok(Answer::json(&GroupAnswer { group: view(call, group) }))
}
