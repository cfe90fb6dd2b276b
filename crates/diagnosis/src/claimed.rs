//! What a request claims about its signature, read more leniently than the verifier reads it, because a malformed
//! header is itself a mistake to name.

use crate::Mistake;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use countersign_sign::{Algorithm, Digest, parse_digest};

/// The access key that an Authorization header names, even if the header is malformed; `None` if it names none.
#[must_use]
pub fn access_key(header: &[u8]) -> Option<&str> {
    Claimed::read(header).map(|claimed| claimed.access_key)
}

/// The parts of an Authorization header, none of them checked.
pub(crate) struct Claimed<'r> {
    pub(crate) algorithm: Option<Algorithm>,
    pub(crate) access_key: &'r str,
    /// What follows the access key in `Credential=`, without its slash; else empty.
    pub(crate) scope: &'r str,
    /// The list of signed names as written.
    pub(crate) names: &'r str,
    signature: &'r str,
}

impl<'r> Claimed<'r> {
    /// `None` if the header is of another scheme, or says too little to be held against anything.
    pub(crate) fn read(header: &'r [u8]) -> Option<Self> {
        let text = str::from_utf8(header).ok()?.trim();
        let (token, parameters) = text.split_once([' ', '\t'])?;
        let upper = token.trim_end_matches(',').to_ascii_uppercase();
        if !(upper.starts_with("SDK-") || upper.starts_with("V11-")) {
            return None;
        }
        let parameter = |keyword: &str| {
            let mut parts = parameters.split(',').map(str::trim);
            parts.find_map(|part| part.strip_prefix(keyword))
        };
        let credential = parameter("Access=").or_else(|| parameter("Credential="))?;
        let (access_key, scope) = credential.split_once('/').unwrap_or((credential, ""));
        let (names, signature) = (parameter("SignedHeaders=")?, parameter("Signature=")?);
        let algorithm = Algorithm::parse(upper.as_bytes());
        Some(Self { algorithm, access_key, scope, names, signature })
    }

    /// The code that the signature stands for, and how it is misspelled; `None` if it is no code.
    pub(crate) fn code(&self) -> Option<(Digest, Option<Mistake>)> {
        let text = self.signature;
        if let Some(code) = parse_digest(text.as_bytes()) {
            return Some((code, None));
        }
        if let Some(code) = parse_digest(text.to_ascii_lowercase().as_bytes()) {
            return Some((code, Some(Mistake::SignatureUpperCase)));
        }
        let bytes = STANDARD.decode(text).or_else(|_| STANDARD_NO_PAD.decode(text)).ok()?;
        let code = parse_digest(&bytes).or_else(|| bytes.try_into().ok())?;
        Some((code, Some(Mistake::SignatureBase64)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_found_in_any_order_and_a_wrong_spelling_of_the_signature_is_told() {
        let digits = "0A".repeat(32);
        let header = format!("sdk-hmac-sha256 Signature={digits},SignedHeaders=Host;x-sdk-date, Access=key");
        let claimed = Claimed::read(header.as_bytes()).unwrap();
        assert_eq!(claimed.algorithm, Some(Algorithm::HmacSha256));
        assert_eq!((claimed.access_key, claimed.names), ("key", "Host;x-sdk-date"));
        assert_eq!(claimed.code(), Some(([10; 32], Some(Mistake::SignatureUpperCase))));
    }

    #[test]
    fn other_schemes_are_not_read() {
        for header in ["", "Basic a2V5", "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=h, Signature=0"] {
            assert!(Claimed::read(header.as_bytes()).is_none(), "{header}");
        }
    }
}
