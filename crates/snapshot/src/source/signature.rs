//! What requests to a backend are signed with.

use super::secret_text;
use countersign_types::SecretKey;
use serde::{Deserialize, Serialize};

/// A signature key that is bound to a publication.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// What is done with the two halves.
    pub scheme: SignatureScheme,
    /// The public half.
    pub key: String,
    /// The secret half.
    #[serde(with = "secret_text")]
    pub secret: SecretKey,
}

/// How a request shows that it comes from the gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignatureScheme {
    /// `SDK-HMAC-SHA256`, as clients sign.
    Hmac,
    /// User name and password (RFC 7617).
    Basic,
}
