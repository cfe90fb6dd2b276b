//! `POST /v5/agencies/assume`: a session of an agency.

use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::{Refusal, invalid};
use countersign_api_types::iam::sts::{
    AssumeAgency, AssumeAgencyView, AssumedAgencyView, SessionCredentialsView,
};
use countersign_identity::{Caller, DomainRef, Duration, Error, Longest, Proof, TemporaryRequest};
use countersign_token::{Session, Subject, TemporaryKey};

pub(super) fn assume(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let body: AssumeAgency = call.json()?;
    refuse_what_would_narrow(&body)?;
    let (account, agency) = parse_urn(&body.agency_urn)
        .ok_or_else(|| invalid("agency_urn", "iam::<account id>:agency:<agency name>"))?;
    let session = Session::new(&body.agency_session_name);
    let session = session.filter(|session| !session.name().is_empty());
    let session = session.ok_or_else(|| invalid("agency_session_name", "1 to 64 bytes"))?;
    let request = TemporaryRequest {
        proof: Proof::Agency {
            caller: Box::new(caller.clone()),
            domain: DomainRef::Id(account.to_owned()),
            agency: agency.to_owned(),
            only: None,
        },
        duration: duration(body.duration_seconds)?,
        session: match &body.policy {
            None => session,
            Some(policy) => {
                session.with_policy(policy).ok_or_else(|| invalid("policy", "1 to 2048 characters"))?
            }
        },
    };
    let key = call.live.issue_temporary(request)?;
    Ok(Answer::json(&view(&key, agency, body.source_identity.unwrap_or_default())))
}

/// A wish for fewer rights that cannot be granted must not become a session with more.
fn refuse_what_would_narrow(body: &AssumeAgency) -> Result<(), Refusal> {
    let AssumeAgency { policy_ids, serial_number, token_code, .. } = body;
    if policy_ids.as_ref().is_some_and(|ids| !ids.is_empty()) {
        return Err(invalid("policy_ids", "policies of version 5 are not supported"));
    }
    if serial_number.is_some() || token_code.is_some() {
        return Err(invalid("serial_number", "second factors are not supported"));
    }
    Ok(())
}

/// `iam::<account>:agency:<name>`
fn parse_urn(urn: &str) -> Option<(&str, &str)> {
    urn.strip_prefix("iam::")?.split_once(":agency:")
}

fn duration(seconds: Option<u64>) -> Result<Duration, Error> {
    seconds.map_or(Ok(Duration::HOUR), |seconds| Duration::seconds(seconds, Longest::HalfDay))
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
    fn only_urns_of_agencies_are_read() {
        assert_eq!(parse_urn("iam::lender:agency:night"), Some(("lender", "night")));
        for urn in ["", "iam::lender:user:night", "sts::lender:agency:night", "iam::lender:agency"] {
            assert_eq!(parse_urn(urn), None, "{urn}");
        }
    }
}
