//! The signer of `crates/sign`, with the error names of sdks/README.md.

use super::refusal;
use crate::protocol::{Answer, Credential, Payload, Refusal, SignTask, Signed};
use countersign_sign::{self as signing, Algorithm, Signer};
use countersign_types::{AccessKeyId, DomainId, ProjectId, SecretKey, SecurityToken, Timestamp};

/// Answers a signing task.
#[must_use]
pub fn sign(task: &SignTask) -> Answer {
    match signed(task) {
        Ok(signed) => Answer::Signed(signed),
        Err(refusal) => Answer::Refused(refusal),
    }
}

fn signed(task: &SignTask) -> Result<Signed, Refusal> {
    let now = Timestamp::parse_basic(task.now.as_bytes()).map_err(|error| refusal("BadDate", error))?;
    let request = &task.request;
    let headers: Vec<_> =
        request.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let payload = match request.payload {
        Payload::Body => signing::Payload::Body(&request.body.0),
        Payload::Unsigned => signing::Payload::Unsigned,
    };
    let request =
        signing::Request { method: &request.method, target: &request.target, headers: &headers, payload };
    let signed = signer(task)?.sign(&request, now).map_err(|error| refusal(error.name(), error))?;
    Ok(Signed {
        headers: signed.headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        canonical_request: Some(signed.canonical_request),
        string_to_sign: Some(signed.string_to_sign),
    })
}

fn signer(task: &SignTask) -> Result<Signer, Refusal> {
    let Credential { access_key, secret_key, security_token, project_id, domain_id } = &task.credential;
    if access_key.is_empty() || secret_key.is_empty() {
        return Err(refusal("MissingCredentials", "access key and secret key must both be given"));
    }
    let bad = |error| refusal("BadCredentials", error);
    let algorithm = Algorithm::parse(task.algorithm.as_bytes()).ok_or_else(|| {
        refusal("UnsupportedAlgorithm", format!("{:?} is no algorithm of the protocol", task.algorithm))
    })?;
    let mut signer =
        Signer::new(AccessKeyId::parse(access_key).map_err(bad)?, SecretKey::new(secret_key.as_str()))
            .algorithm(algorithm);
    if let (Some(region), Some(service)) = (&task.region, &task.service) {
        signer = signer.scope(region, service);
    }
    if let Some(token) = security_token {
        signer = signer.security_token(SecurityToken::new(token.as_str()));
    }
    if let Some(id) = project_id {
        signer = signer.project_id(ProjectId::parse(id).map_err(bad)?);
    }
    if let Some(id) = domain_id {
        signer = signer.domain_id(DomainId::parse(id).map_err(bad)?);
    }
    Ok(signer)
}
