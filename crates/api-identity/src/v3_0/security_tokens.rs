//! `POST /v3.0/OS-CREDENTIAL/securitytokens`: temporary key pairs, by a token or by an agency.
//!
//! The official SDKs send the token in the body and nothing else, so the operation is open; what the body carries is
//! the proof.

use crate::answer::Answer;
use crate::call::Call;
use crate::endpoints::{Endpoint, open};
use crate::refusal::{Refusal, invalid};
use countersign_api_types::iam::credential::{
    TemporaryAssumeRole, TemporaryCreate, TemporaryIdentity, TemporaryToken, TemporaryView,
};
use countersign_identity::{DomainRef, Duration, Error, Longest, Proof, TemporaryRequest};
use countersign_token::{Session, TemporaryKey};
use countersign_types::Token;
use serde::Serialize;
use serde_json::Value;

/// Longest name of a session in bytes, as published.
const SESSION_NAME_BYTES_MAX: usize = 64;

pub(crate) const ENDPOINTS: &[Endpoint] = &[open("CreateTemporaryAccessKey", handle)];

#[derive(Serialize)]
struct TemporaryAnswer {
    credential: TemporaryView,
}

fn handle(call: &Call) -> Result<Answer, Refusal> {
    let TemporaryCreate { auth } = call.json()?;
    let TemporaryIdentity { methods, token, assume_role, policy } = auth.identity;
    let [method] = methods.as_slice() else { return Err(invalid("methods", "exactly one method")) };
    let request = match (method.as_str(), token, assume_role) {
        ("token", token, _) => by_token(call, token, narrowed(Session::default(), policy.as_ref())?)?,
        ("assume_role", _, Some(role)) => by_agency(call, role, policy.as_ref())?,
        ("assume_role", _, None) => return Err(invalid("assume_role", "an agency")),
        _ => return Err(invalid("methods", "token or assume_role")),
    };
    Ok(Answer::json(&TemporaryAnswer { credential: view(&call.live.issue_temporary(request)?) }))
}

/// The token is in the body, or else in the header.
fn by_token(
    call: &Call,
    token: Option<TemporaryToken>,
    session: Session,
) -> Result<TemporaryRequest, Refusal> {
    let (id, seconds) = token.map_or((None, None), |token| (token.id, token.duration_seconds));
    let token = id.or_else(|| call.header("x-auth-token").map(str::to_owned));
    let token = token.ok_or_else(|| invalid("token.id", "a token, here or in X-Auth-Token"))?;
    let proof = Proof::Token(Token::new(token));
    Ok(TemporaryRequest { proof, duration: duration(seconds)?, session })
}

fn by_agency(
    call: &Call,
    role: TemporaryAssumeRole,
    policy: Option<&Value>,
) -> Result<TemporaryRequest, Refusal> {
    let domain = match (role.domain_id, role.domain_name) {
        (Some(id), _) => DomainRef::Id(id),
        (None, Some(name)) => DomainRef::Name(name),
        (None, None) => return Err(invalid("assume_role", "a domain_id or a domain_name")),
    };
    let name = role.session_user.map(|user| user.name).unwrap_or_default();
    let session = Session::new(&name).filter(|_| name.len() <= SESSION_NAME_BYTES_MAX);
    let session = session.ok_or_else(|| invalid("session_user.name", "at most 64 bytes"))?;
    let session = narrowed(session, policy)?;
    let proof =
        Proof::Agency { caller: Box::new(call.caller()?), domain, agency: role.agency_name, only: None };
    Ok(TemporaryRequest { proof, duration: duration(role.duration_seconds)?, session })
}

fn narrowed(session: Session, policy: Option<&Value>) -> Result<Session, Refusal> {
    let Some(policy) = policy else { return Ok(session) };
    session.with_policy(&policy.to_string()).ok_or_else(|| invalid("policy", "at most 2048 characters"))
}

fn duration(seconds: Option<u64>) -> Result<Duration, Error> {
    seconds.map_or(Ok(Duration::SHORTEST), |seconds| Duration::seconds(seconds, Longest::Day))
}

fn view(key: &TemporaryKey) -> TemporaryView {
    TemporaryView {
        access: key.access_key.to_string(),
        secret: key.secret_key.expose().to_owned(),
        securitytoken: key.security_token.expose().to_owned(),
        expires_at: key.claims.lifetime.expires.rfc3339_millis().to_string(),
    }
}
