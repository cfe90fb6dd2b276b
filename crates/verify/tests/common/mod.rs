//! A request in memory, and the verifier run over it from first to last.

use countersign_types::Timestamp;
use countersign_verify::{Error, Head, Key, Policy, Verified, present};

/// A request as it arrived.
#[derive(Debug, Clone)]
pub(crate) struct Received {
    pub(crate) method: String,
    pub(crate) target: Vec<u8>,
    pub(crate) headers: Vec<(String, Vec<u8>)>,
    pub(crate) body: Vec<u8>,
}

impl Head for Received {
    fn method(&self) -> &str {
        &self.method
    }

    fn target(&self) -> &[u8] {
        &self.target
    }

    fn headers(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice()))
    }
}

/// Why a request was not let in.
#[derive(Debug, PartialEq)]
pub(crate) enum Refusal {
    /// It carries no signature of this family.
    Unsigned,
    /// It names a key that nobody has.
    UnknownKey,
    /// The verifier's own word.
    Error(Error),
}

/// All steps with the body in two pieces; `key` is the only known one.
pub(crate) fn verify(
    request: &Received,
    key: &Key,
    now: Timestamp,
    policy: Policy,
) -> Result<Verified, Refusal> {
    let presented = present(request).map_err(Refusal::Error)?.ok_or(Refusal::Unsigned)?;
    presented.check_time(now).map_err(Refusal::Error)?;
    if presented.access_key() != key.access_key().as_str() {
        return Err(Refusal::UnknownKey);
    }
    let claim = presented.claim(request, key, policy).map_err(Refusal::Error)?;
    let mut hasher = claim.body_hasher();
    let (first, second) = request.body.split_at(request.body.len() / 2);
    hasher.update(first);
    hasher.update(second);
    claim.finish(hasher).map_err(Refusal::Error)
}
