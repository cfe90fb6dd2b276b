//! `POST /v3.0/OS-AUTH/id-token/tokens`: a token for a token of an identity provider, which is the proof.

use crate::answer::Answer;
use crate::call::Call;
use crate::endpoints::{Endpoint, open};
use crate::refusal::{Refusal, invalid};
use crate::v3::auth::tokens::{proof, view::view};
use countersign_api_types::iam::federation::IdTokenCreate;
use countersign_identity::{Proof, TokenRequest};
use countersign_types::Token;

pub(crate) const ENDPOINTS: &[Endpoint] = &[open("CreateTokenWithIdToken", handle)];

fn handle(call: &Call) -> Result<Answer, Refusal> {
    let IdTokenCreate { auth } = call.json()?;
    let provider = call.header("x-idp-id");
    let identity_provider = provider.ok_or_else(|| invalid("X-Idp-Id", "the id of an identity provider"))?;
    let proof = Proof::IdToken {
        identity_provider: identity_provider.to_owned(),
        token: Token::new(auth.id_token.id),
    };
    let scope = proof::scope(auth.scope, &proof)?;
    let issued = call.live.issue(TokenRequest { proof, scope })?;
    Ok(view(call, &issued.caller)?.with_token(issued.token))
}
