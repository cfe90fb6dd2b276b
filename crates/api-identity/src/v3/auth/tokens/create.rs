use super::{proof, view::view};
use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use countersign_api_types::iam::auth::{AuthCreate, AuthMethods};
use countersign_identity::TokenRequest;

pub(crate) fn handle(call: &Call) -> Result<Answer, Refusal> {
    let AuthCreate { auth } = call.json()?;
    let proof = proof::read(call, auth.identity)?;
    let scope = proof::scope(auth.scope, &proof)?;
    let issued = call.live.issue(TokenRequest { proof, scope })?;
    Ok(view(call, &issued.caller)?.with_token(issued.token))
}

/// Whether the request changes a token for another: every other proof may take a password hash.
pub(crate) fn only_reads(call: &Call) -> bool {
    let methods = serde_json::from_slice::<AuthMethods>(&call.body);
    methods.is_ok_and(|body| body.names().all(|name| name == "token"))
}
