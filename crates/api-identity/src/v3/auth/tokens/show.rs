use super::{subject::subject, view::view};
use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use countersign_identity::Caller;

pub(crate) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let (token, bearer) = subject(call, caller)?;
    Ok(view(call, &bearer)?.with_token(token))
}
