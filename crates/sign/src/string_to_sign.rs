//! The string to sign (§4.1).

use crate::algorithm::Algorithm;
use crate::digest::{Digest, hex_digest};
use smallvec::SmallVec;

/// Algorithm, signing time, scope if any, and the hash of the canonical request; LF between, none at the end.
pub struct StringToSign(SmallVec<[u8; 128]>);

impl StringToSign {
    /// Puts the lines together.
    ///
    /// `date` is the X-Sdk-Date value byte for byte, `scope` the `yyyymmdd/region/service` of scoped algorithms.
    #[must_use]
    pub fn new(algorithm: Algorithm, date: &[u8], scope: &str, canonical: &Digest) -> Self {
        let mut text = SmallVec::new();
        text.extend_from_slice(algorithm.token().as_bytes());
        text.push(b'\n');
        text.extend_from_slice(date);
        text.push(b'\n');
        if algorithm.is_scoped() {
            text.extend_from_slice(scope.as_bytes());
            text.push(b'\n');
        }
        text.extend_from_slice(&hex_digest(canonical));
        Self(text)
    }

    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The text, for people.
    #[must_use]
    pub fn into_text(self) -> String {
        crate::digest::to_text(self.0.into_vec())
    }
}
