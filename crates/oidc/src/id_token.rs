//! An ID token: who signed it, for whom, and until when (OpenID Connect Core 1.0 section 3.1.3.7).

use crate::json;
use crate::key_set::{KeySet, SigningKey};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use countersign_types::Timestamp;
use serde_json::{Map, Value};

/// Longest token that is looked at.
const TOKEN_BYTES_MAX: usize = 8 * 1024;
/// Longest subject (OpenID Connect Core 1.0 section 2).
const SUBJECT_BYTES_MAX: usize = 255;
/// How far the provider's clock may be off.
const LEEWAY_SECONDS: u64 = 60;
/// Last second of the year 9999; a later time is no time.
const SECONDS_MAX: f64 = 253_402_300_799.0;

/// What a token says, by the names of its claims.
pub type Claims = Map<String, Value>;

/// What a token must be about.
#[derive(Debug, Clone, Copy)]
pub struct Audience<'a> {
    /// Who must have made it (`iss`), compared letter by letter.
    pub issuer: &'a str,
    /// Whom it must be for (`aud`).
    pub client_id: &'a str,
}

/// A token that held. Only [`verify`] makes one.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct IdToken {
    /// Names the person within the provider (`sub`): 1 to 255 bytes without control characters.
    pub subject: String,
    /// Everything it says.
    pub claims: Claims,
}

/// Why a token is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Longer than 8 KiB.
    #[error("the ID token is longer than 8192 bytes")]
    TooLarge,
    /// Not three parts of base64url, not JSON, a member twice, a claim missing or of the wrong type, or of another
    /// type of token.
    #[error("the ID token is not a signed JWT with iss, sub, aud, exp and iat")]
    Malformed,
    /// No key of the provider has the id that the token names.
    #[error("the ID token names no key of the identity provider")]
    UnknownKey,
    /// Another algorithm than the key's.
    #[error("the ID token is not signed with the algorithm of the identity provider's key")]
    Algorithm,
    /// Altered, or signed by somebody else.
    #[error("the signature of the ID token does not hold")]
    Signature,
    /// Made by another provider.
    #[error("the ID token has another issuer")]
    Issuer,
    /// Made for somebody else.
    #[error("the ID token is for another client")]
    Audience,
    /// Its time is over.
    #[error("the ID token has expired")]
    Expired,
    /// Its time has not come, or it was made in the future.
    #[error("the ID token is not valid yet")]
    NotYetValid,
}

/// Checks a token in its compact form. Nothing of it is believed before its signature holds, except which key to
/// look for.
///
/// # Errors
/// [`Refused`].
pub fn verify(
    token: &str,
    keys: &KeySet,
    expected: &Audience<'_>,
    now: Timestamp,
) -> Result<IdToken, Refused> {
    if token.len() > TOKEN_BYTES_MAX {
        return Err(Refused::TooLarge);
    }
    let (message, signature) = token.rsplit_once('.').ok_or(Refused::Malformed)?;
    let (header, payload) = message.split_once('.').ok_or(Refused::Malformed)?;
    let key = choose(&part(header)?, keys)?;
    let holds = jsonwebtoken::crypto::verify(signature, message.as_bytes(), &key.key, key.algorithm);
    if !holds.unwrap_or(false) {
        return Err(Refused::Signature);
    }
    let claims = part(payload)?;
    check_parties(&claims, expected)?;
    check_times(&claims, now)?;
    let subject = subject(&claims).ok_or(Refused::Malformed)?.to_owned();
    Ok(IdToken { subject, claims })
}

fn part(encoded: &str) -> Result<Claims, Refused> {
    let bytes = URL_SAFE_NO_PAD.decode(encoded).map_err(|_| Refused::Malformed)?;
    json::object(&bytes).ok_or(Refused::Malformed)
}

/// The key that the header names. Keys, addresses and certificates in the header itself are never looked at.
fn choose<'k>(header: &Claims, keys: &'k KeySet) -> Result<&'k SigningKey, Refused> {
    // Access tokens and the like state their type and may be signed with the same key (RFC 8725 section 3.11);
    // what `crit` lists must be understood (RFC 7515 section 4.1.11), and nothing is.
    let is_plain = match header.get("typ") {
        None => true,
        Some(kind) => kind.as_str().is_some_and(|kind| kind.eq_ignore_ascii_case("jwt")),
    };
    if !is_plain || header.contains_key("crit") {
        return Err(Refused::Malformed);
    }
    let id = header.get("kid").map(|id| id.as_str().ok_or(Refused::Malformed)).transpose()?;
    let stated = header.get("alg").and_then(Value::as_str).ok_or(Refused::Malformed)?;
    let stated = stated.parse().map_err(|_| Refused::Algorithm)?;
    let key = keys.find(id).ok_or(Refused::UnknownKey)?;
    if key.algorithm == stated { Ok(key) } else { Err(Refused::Algorithm) }
}

fn check_parties(claims: &Claims, expected: &Audience<'_>) -> Result<(), Refused> {
    let issuer = claims.get("iss").and_then(Value::as_str).ok_or(Refused::Malformed)?;
    if issuer != expected.issuer {
        return Err(Refused::Issuer);
    }
    let is_for_client = |value: &Value| value.as_str() == Some(expected.client_id);
    let named = match claims.get("aud").ok_or(Refused::Malformed)? {
        Value::Array(several) => several.iter().any(is_for_client),
        one => is_for_client(one),
    };
    if named && claims.get("azp").is_none_or(is_for_client) { Ok(()) } else { Err(Refused::Audience) }
}

fn check_times(claims: &Claims, now: Timestamp) -> Result<(), Refused> {
    let expires = time(claims, "exp")?.ok_or(Refused::Malformed)?;
    let issued = time(claims, "iat")?.ok_or(Refused::Malformed)?;
    let begins = time(claims, "nbf")?.unwrap_or(issued);
    if issued > expires {
        return Err(Refused::Malformed);
    }
    if now.unix() >= expires + LEEWAY_SECONDS {
        return Err(Refused::Expired);
    }
    if now.unix() + LEEWAY_SECONDS < issued.max(begins) { Err(Refused::NotYetValid) } else { Ok(()) }
}

/// Whole seconds of a time, which may have a fraction (RFC 7519 section 2).
fn time(claims: &Claims, name: &str) -> Result<Option<u64>, Refused> {
    let Some(value) = claims.get(name) else { return Ok(None) };
    let seconds = value.as_f64().filter(|seconds| (0.0..=SECONDS_MAX).contains(seconds));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the range is checked, and the fraction does not count"
    )]
    seconds.map(|seconds| Some(seconds as u64)).ok_or(Refused::Malformed)
}

fn subject(claims: &Claims) -> Option<&str> {
    let subject = claims.get("sub").and_then(Value::as_str)?;
    let is_good = (1..=SUBJECT_BYTES_MAX).contains(&subject.len()) && !subject.chars().any(char::is_control);
    is_good.then_some(subject)
}
