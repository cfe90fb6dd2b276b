//! The verifier of `crates/verify`, with the error names of sdks/README.md.

use super::refusal;
use crate::latin1;
use crate::protocol::{Answer, Received, Refusal, VerifyTask};
use countersign_types::{AccessKeyId, SecretKey, Timestamp};
use countersign_verify::{Error, Head, Key, Policy, present};

/// Answers a verifying task.
#[must_use]
pub fn verify(task: &VerifyTask) -> Answer {
    match verified(task) {
        Ok(access_key) => Answer::Verified { access_key },
        Err(refusal) => Answer::Refused(refusal),
    }
}

fn verified(task: &VerifyTask) -> Result<String, Refusal> {
    let bad_question = |error: anyhow::Error| refusal("BadQuestion", error);
    let now = Timestamp::parse_basic(task.now.as_bytes())
        .map_err(|error| refusal("BadQuestion", format!("now: {error}")))?;
    let head = Arrived::read(&task.request).map_err(bad_question)?;
    let presented = present(&head)
        .map_err(named)?
        .ok_or_else(|| refusal("MissingAuthorization", "the request is not signed"))?;
    presented.check_time(now).map_err(named)?;
    let access_key = presented.access_key().to_owned();
    let pair = task
        .keys
        .iter()
        .find(|pair| pair.access_key == access_key)
        .ok_or_else(|| refusal("UnknownKey", "unknown access key"))?;
    let id = AccessKeyId::parse(&access_key).map_err(|error| refusal("UnknownKey", error))?;
    let key = Key::new(id, SecretKey::new(pair.secret_key.as_str()));
    let claim = presented.claim(&head, &key, Policy::default()).map_err(named)?;
    let mut body = claim.body_hasher();
    body.update(&task.request.body.0);
    claim.finish(body).map_err(named)?;
    Ok(access_key)
}

fn named(error: Error) -> Refusal {
    refusal(error.name(), error)
}

/// A request head with its bytes as they were on the wire.
struct Arrived<'a> {
    method: &'a str,
    target: Vec<u8>,
    headers: Vec<(&'a str, Vec<u8>)>,
}

impl<'a> Arrived<'a> {
    fn read(request: &'a Received) -> anyhow::Result<Self> {
        let headers = request.headers.iter().map(|(name, value)| Ok((name.as_str(), latin1::bytes(value)?)));
        Ok(Self {
            method: &request.method,
            target: latin1::bytes(&request.target)?,
            headers: headers.collect::<anyhow::Result<_>>()?,
        })
    }
}

impl Head for Arrived<'_> {
    fn method(&self) -> &str {
        self.method
    }

    fn target(&self) -> &[u8] {
        &self.target
    }

    fn headers(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.headers.iter().map(|(name, value)| (*name, value.as_slice()))
    }
}
