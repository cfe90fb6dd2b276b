//! `POST /v3/OS-FEDERATION/identity_providers/{idp_id}/protocols/{protocol_id}/auth`: a token without a scope for a
//! token of an identity provider, which is the proof.

use super::protocols::require_oidc;
use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::{Refusal, invalid};
use crate::v3::auth::tokens::view::view;
use countersign_identity::{Proof, ScopeRequest, TokenRequest};
use countersign_types::Token;

pub(super) fn create(call: &Call) -> Result<Answer, Refusal> {
    require_oidc(call)?;
    let token = call.header("authorization").and_then(bearer);
    let token = token.ok_or_else(|| invalid("Authorization", "Bearer and an ID token"))?;
    let proof =
        Proof::IdToken { identity_provider: call.path("idp_id").to_owned(), token: Token::new(token) };
    let issued = call.live.issue(TokenRequest { proof, scope: ScopeRequest::Unscoped })?;
    Ok(view(call, &issued.caller)?.with_token(issued.token))
}

fn bearer(line: &str) -> Option<&str> {
    let (scheme, token) = line.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}
