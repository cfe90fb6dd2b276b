//! The token that a request is about, and whether the caller may ask.

use crate::call::Call;
use crate::refusal::Refusal;
use countersign_identity::{Caller, Error, SECURITY_ADMINISTRATOR, SERVICE};
use countersign_types::Token;

const SUBJECT_TOKEN: &str = "x-subject-token";

/// The token of `X-Subject-Token` and its bearer. The bearer itself may ask, the security administrators of its
/// account, and services that check the tokens of their callers; these also about a token that has just ended, when
/// they ask for that.
pub(super) fn subject(call: &Call, caller: &Caller) -> Result<(Token, Caller), Refusal> {
    let token = call.header(SUBJECT_TOKEN).ok_or(Error::SubjectToken)?;
    let admitted = if caller.has(&SERVICE)
        && call.query("allow_expired").is_some_and(|text| !matches!(text, "0" | "false" | "False"))
    {
        call.live.admit_recent_token(token)
    } else {
        call.live.admit_token(token)
    };
    let bearer = admitted.map_err(|error| match error {
        Error::Unauthenticated(_) => Error::SubjectToken,
        fault => fault,
    })?;
    let is_own = bearer.who.id() == caller.who.id();
    let is_administered = caller.has(&SECURITY_ADMINISTRATOR) && bearer.domain.id == caller.domain.id;
    if is_own || is_administered || caller.has(&SERVICE) {
        Ok((Token::new(token), bearer))
    } else {
        Err(Error::Forbidden.into())
    }
}
