//! Temporary key pairs: the security token carries the claims, the key pair is derived from them.

use crate::claims::{AuditId, Claims};
use crate::codec::{Reader, Writer};
use crate::key::OpeningKey;
use countersign_types::{AccessKeyId, SecretKey, SecurityToken};

/// Every temporary access key starts with it, no permanent one does.
const PREFIX: &str = "HSTA";
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/// 160 bits as hex: 40 characters, like a permanent secret key.
const SECRET_KEY_BYTES: usize = 20;

/// A temporary key pair and what it stands for. Only [`crate::Keyring`] and [`crate::OpeningKeys`] make one.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct TemporaryKey {
    /// AK: 20 characters, starting with `HSTA`.
    pub access_key: AccessKeyId,
    /// SK: 40 characters.
    pub secret_key: SecretKey,
    /// Must accompany every request signed with the pair.
    pub security_token: SecurityToken,
    /// Whom the pair stands for.
    pub claims: Claims,
    /// What the requester said about it.
    pub session: Session,
}

/// What the requester of a temporary key said about it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Session {
    name: String,
    policy: Option<Box<str>>,
}

/// Most bytes of a session's name.
const NAME_BYTES_MAX: usize = 128;
/// Most characters of a session's policy.
const POLICY_CHARS_MAX: usize = 2_048;

impl TemporaryKey {
    pub(crate) fn new(
        key: &OpeningKey,
        security_token: SecurityToken,
        claims: Claims,
        session: Session,
    ) -> Self {
        let access_key = access_key(claims.audit_id);
        let derived = key.derive(&[&claims.audit_id.0, access_key.as_str().as_bytes()]);
        let secret_key = SecretKey::new(hex::encode(derived.get(..SECRET_KEY_BYTES).unwrap_or_default()));
        Self { access_key, secret_key, security_token, claims, session }
    }

    /// Whether an access key is of the temporary kind, and so means nothing without its security token.
    #[must_use]
    pub fn is_temporary(access_key: &str) -> bool {
        access_key.starts_with(PREFIX)
    }
}

/// Five bits of each byte of the audit id.
fn access_key(id: AuditId) -> AccessKeyId {
    let tail = id.0.map(|byte| char::from(ALPHABET[usize::from(byte) % ALPHABET.len()]));
    let text: String = PREFIX.chars().chain(tail).collect();
    AccessKeyId::parse(&text).expect("letters and digits are an identifier")
}

impl Session {
    /// A name of at most 128 bytes for logs, which may be empty. `None` when it is longer.
    #[must_use]
    pub fn new(name: &str) -> Option<Self> {
        (name.len() <= NAME_BYTES_MAX).then(|| Self { name: name.to_owned(), policy: None })
    }

    /// The same, narrowed by a policy of 1 to 2048 characters, which only whoever verifies the session understands.
    /// `None` when it is longer, or empty.
    #[must_use]
    pub fn with_policy(self, policy: &str) -> Option<Self> {
        let is_good = !policy.is_empty() && policy.chars().count() <= POLICY_CHARS_MAX;
        is_good.then(|| Self { policy: Some(policy.into()), ..self })
    }

    /// The policy that narrows it.
    #[must_use]
    pub fn policy(&self) -> Option<&str> {
        self.policy.as_deref()
    }

    /// Its name; empty when none was given.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.text(&self.name);
        out.long_text(self.policy().unwrap_or_default());
    }

    pub(crate) fn read(input: &mut Reader<'_>) -> Option<Self> {
        let (session, policy) = (Self::new(input.text()?)?, input.long_text()?);
        if policy.is_empty() { Some(session) } else { session.with_policy(policy) }
    }
}
