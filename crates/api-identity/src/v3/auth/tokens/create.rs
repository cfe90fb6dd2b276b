use super::{proof, view::view};
use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use countersign_api_types::iam::auth::AuthCreate;
use countersign_identity::TokenRequest;

pub(crate) fn handle(call: &Call) -> Result<Answer, Refusal> {
    let AuthCreate { auth } = call.json()?;
    let proof = proof::read(call, auth.identity)?;
    let scope = proof::scope(auth.scope, &proof)?;
    let issued = call.live.issue(TokenRequest { proof, scope })?;
    Ok(view(call, &issued.caller)?.with_token(issued.token))
}
