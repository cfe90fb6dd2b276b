//! The string to sign (§4.1).

use crate::algorithm::Algorithm;
use crate::digest::{Digest, hex_digest};

/// Algorithm, signing time, scope if any, and the hash of the canonical request; LF between, none at the end.
pub struct StringToSign(Vec<u8>);

impl StringToSign {
    /// Puts the lines together.
    ///
    /// `date` is the X-Sdk-Date value byte for byte, `scope` the `yyyymmdd/region/service` of scoped algorithms.
    #[must_use]
    pub fn new(algorithm: Algorithm, date: &[u8], scope: &str, canonical: &Digest) -> Self {
        let token = algorithm.token().as_bytes();
        let digest = hex_digest(canonical);
        Self(if algorithm.is_scoped() {
            [token, b"\n", date, b"\n", scope.as_bytes(), b"\n", &digest].concat()
        } else {
            [token, b"\n", date, b"\n", &digest].concat()
        })
    }

    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The text, for people.
    #[must_use]
    pub fn into_text(self) -> String {
        crate::digest::to_text(self.0)
    }
}
