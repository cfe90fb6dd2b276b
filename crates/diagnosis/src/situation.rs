//! What is known about a refused request.

use countersign_types::{SecurityToken, Timestamp};
use countersign_verify::{Head, Key, Policy};

/// A request as it arrived. Not `Debug`: headers and body may be confidential.
#[derive(Clone)]
pub struct Received<'r> {
    /// The method token.
    pub method: &'r str,
    /// The raw request target in origin form.
    pub target: &'r [u8],
    /// The header lines in wire order, names in any case.
    pub headers: Vec<(&'r str, &'r [u8])>,
    /// The body after de-chunking; `None` if it is not at hand.
    pub body: Option<&'r [u8]>,
}

impl Head for Received<'_> {
    fn method(&self) -> &str {
        self.method
    }

    fn target(&self) -> &[u8] {
        self.target
    }

    fn headers(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.headers.iter().copied()
    }
}

/// Whose key pairs an API takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Keys of apps.
    App,
    /// Keys of IAM users.
    Iam,
}

/// Where and when the request arrived.
#[derive(Clone)]
pub struct Place<'s> {
    /// The verifier's clock.
    pub now: Timestamp,
    /// What the verifier allows.
    pub policy: Policy,
    /// Other names of the service, with or without a port.
    pub hosts: Vec<&'s str>,
    /// Path prefixes that proxies may have stripped, such as `/api`.
    pub prefixes: Vec<&'s str>,
}

impl Place<'_> {
    /// A verifier with the default policy that knows nothing of names and proxies.
    #[must_use]
    pub fn new(now: Timestamp) -> Self {
        Self { now, policy: Policy::default(), hosts: Vec::new(), prefixes: Vec::new() }
    }
}

/// Everything that a diagnosis may look at.
#[derive(Clone)]
pub struct Situation<'s> {
    /// The request.
    pub request: &'s Received<'s>,
    /// The key pair that is meant, if one is known.
    pub key: Option<&'s Key>,
    /// The security token that belongs to the key pair, if that is a temporary one.
    pub security_token: Option<&'s SecurityToken>,
    /// Whose key pair it is, and whose the API wants.
    pub kinds: Option<(Kind, Kind)>,
    /// Other key pairs of the same user.
    pub others: &'s [Key],
    /// Where the request arrived.
    pub place: Place<'s>,
    /// What it may cost.
    pub limits: Limits,
}

impl<'s> Situation<'s> {
    /// A request for this place, signed with this key as far as one knows.
    #[must_use]
    pub fn new(request: &'s Received<'s>, key: Option<&'s Key>, place: Place<'s>) -> Self {
        let limits = Limits::default();
        Self { request, key, security_token: None, kinds: None, others: &[], place, limits }
    }
}

/// Most that a diagnosis may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Most hashes and HMACs.
    pub hashes_max: u32,
    /// Longest request head that is signed again, in bytes; of a longer one only facts are told.
    pub head_bytes_max: usize,
    /// Longest body that is serialized again, in bytes.
    pub body_bytes_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { hashes_max: 4_096, head_bytes_max: 64 * 1024, body_bytes_max: 1024 * 1024 }
    }
}
