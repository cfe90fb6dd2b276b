//! `POST /v5/agencies/assume`: a session of an agency.

pub(super) mod with_oidc;

use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::{Refusal, invalid};
use countersign_api_types::iam::sts::{
    AssumeAgency, AssumeAgencyView, AssumedAgencyView, SessionCredentialsView,
};
use countersign_identity::{
    Caller, Credential, DomainRef, Duration, Error, Longest, Proof, TemporaryRequest,
};
use countersign_token::{Session, Subject, TemporaryKey};
use std::ops::RangeInclusive;

/// Bytes of the texts of a request, as published.
const URN_BYTES_MAX: usize = 1_500;
const SESSION_NAME_BYTES: RangeInclusive<usize> = 2..=128;
const EXTERNAL_ID_BYTES: RangeInclusive<usize> = 2..=1_224;
const SOURCE_IDENTITY_BYTES: RangeInclusive<usize> = 2..=64;

pub(super) fn assume(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let body: AssumeAgency = call.json()?;
    refuse_policy_ids(body.policy_ids.as_deref())?;
    refuse_what_is_not_understood(&body)?;
    let agency = Agency::parse(&body.agency_urn)?;
    let request = TemporaryRequest {
        proof: agency.proof(caller.clone()),
        duration: duration(body.duration_seconds, longest(caller))?,
        session: session(&body.agency_session_name, body.policy.as_deref())?,
    };
    let key = call.live.issue_temporary(request)?;
    Ok(Answer::json(&view(&key, agency.name, body.source_identity.unwrap_or_default())))
}

/// What a request asks for beyond its session: checked, or refused because it would change nothing here.
fn refuse_what_is_not_understood(body: &AssumeAgency) -> Result<(), Refusal> {
    if body.serial_number.is_some() || body.token_code.is_some() {
        return Err(invalid("serial_number", "second factors are not supported"));
    }
    let named = |list: Option<usize>| list.is_some_and(|length| length > 0);
    if named(body.tags.as_ref().map(Vec::len)) || named(body.transitive_tag_keys.as_ref().map(Vec::len)) {
        return Err(invalid("tags", "session tags are not supported"));
    }
    check_bytes("external_id", body.external_id.as_ref(), EXTERNAL_ID_BYTES, "2 to 1224 bytes")?;
    check_bytes("source_identity", body.source_identity.as_ref(), SOURCE_IDENTITY_BYTES, "2 to 64 bytes")
}

fn check_bytes(
    field: &'static str,
    text: Option<&String>,
    bytes: RangeInclusive<usize>,
    reason: &'static str,
) -> Result<(), Refusal> {
    let is_good = text.is_none_or(|text| bytes.contains(&text.len()) && !text.chars().any(char::is_control));
    if is_good { Ok(()) } else { Err(invalid(field, reason)) }
}

/// A wish for fewer rights that cannot be granted must not become a session with more.
fn refuse_policy_ids(policy_ids: Option<&[String]>) -> Result<(), Refusal> {
    if policy_ids.is_some_and(|ids| !ids.is_empty()) {
        return Err(invalid("policy_ids", "policies of version 5 are not supported"));
    }
    Ok(())
}

/// An agency by its name in an account.
struct Agency<'a> {
    account: &'a str,
    name: &'a str,
}

impl<'a> Agency<'a> {
    /// `iam::<account>:agency:<name>`
    fn parse(urn: &'a str) -> Result<Self, Refusal> {
        let parts = parse_urn(urn, "agency");
        let (account, name) =
            parts.ok_or_else(|| invalid("agency_urn", "iam::<account id>:agency:<agency name>"))?;
        Ok(Self { account, name })
    }

    fn proof(&self, caller: Caller) -> Proof {
        let domain = DomainRef::Id(self.account.to_owned());
        Proof::Agency { caller: Box::new(caller), domain, agency: self.name.to_owned(), only: None }
    }
}

/// Account and name of `iam::<account>:<kind>:<name>`.
fn parse_urn<'a>(urn: &'a str, kind: &str) -> Option<(&'a str, &'a str)> {
    let urn = Some(urn).filter(|urn| urn.len() <= URN_BYTES_MAX)?;
    let (account, named) = urn.strip_prefix("iam::")?.split_once(':')?;
    let name = named.strip_prefix(kind)?.strip_prefix(':')?;
    (!account.is_empty() && !name.is_empty()).then_some((account, name))
}

/// The name becomes the last part of a URN; the policy narrows what the session may do.
fn session(name: &str, policy: Option<&str>) -> Result<Session, Refusal> {
    let is_good = SESSION_NAME_BYTES.contains(&name.len())
        && !name.chars().any(|one| one.is_control() || matches!(one, '/' | ':'));
    let session = Session::new(name).filter(|_| is_good);
    let session = session.ok_or_else(|| invalid("agency_session_name", "2 to 128 bytes without / and :"))?;
    let Some(policy) = policy else { return Ok(session) };
    session.with_policy(policy).ok_or_else(|| invalid("policy", "1 to 2048 characters"))
}

fn duration(seconds: Option<u64>, longest: Longest) -> Result<Duration, Error> {
    seconds.map_or(Ok(Duration::HOUR), |seconds| Duration::seconds(seconds, longest))
}

/// A chain of temporary keys is not extended by long ones.
const fn longest(caller: &Caller) -> Longest {
    match caller.credential {
        Credential::TemporaryKey { .. } => Longest::Hour,
        Credential::Token(_) | Credential::AccessKey(_) => Longest::HalfDay,
    }
}

fn view(key: &TemporaryKey, agency: &str, source_identity: String) -> AssumeAgencyView {
    let session = key.session.name();
    let id = match &key.claims.subject {
        Subject::Agency(id) => id.as_str(),
        Subject::User(id) => id.as_str(),
    };
    AssumeAgencyView {
        source_identity,
        assumed_agency: AssumedAgencyView {
            urn: format!("sts::{}:assumed-agency:{agency}/{session}", key.claims.domain_id),
            id: format!("{id}:{session}"),
        },
        credentials: SessionCredentialsView {
            access_key_id: key.access_key.to_string(),
            secret_access_key: key.secret_key.expose().to_owned(),
            security_token: key.security_token.expose().to_owned(),
            expiration: key.claims.lifetime.expires.rfc3339_millis().to_string(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_urns_of_the_kind_are_read() {
        assert_eq!(parse_urn("iam::lender:agency:night", "agency"), Some(("lender", "night")));
        assert_eq!(parse_urn("iam::lender:agency:a:agency:b", "agency"), Some(("lender", "a:agency:b")));
        let long = format!("iam::lender:agency:{}", "x".repeat(URN_BYTES_MAX));
        for urn in [
            "",
            "iam::lender:user:night",
            "sts::lender:agency:night",
            "iam::lender:agency",
            "iam::lender:agency:",
            "iam:::agency:night",
            "iam::a:b:agency:night",
            &long,
        ] {
            assert_eq!(parse_urn(urn, "agency"), None, "{urn}");
        }
    }

    #[test]
    fn names_of_sessions_fit_into_a_urn() {
        assert!(session("ci", None).is_ok() && session(&"x".repeat(128), None).is_ok());
        for name in ["", "x", "a/b", "a:b", "a\nb", &"x".repeat(129)] {
            assert!(session(name, None).is_err(), "{name}");
        }
    }
}
