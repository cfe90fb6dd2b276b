//! A key pair, and what each algorithm signs with (§4).

use crate::algorithm::Algorithm;
use crate::derive;
use crate::digest::{Digest, hex_digest, to_text};
use crate::hmac::{HmacSha256, hmac_sm3};
use countersign_types::{AccessKeyId, SecretKey};
use p256::ecdsa::signature::Signer as _;

/// The distinguishing identifier that the SM2 signature binds; the same for every client.
const SM2_IDENTIFIER: &str = "1234567812345678";

/// A prepared key pair: the HMAC states stand ready, everything else is derived on demand.
#[derive(Clone)]
pub struct Key {
    hmac: HmacSha256,
    access_key: AccessKeyId,
    secret: SecretKey,
}

/// No private key of the curve follows from the key pair, or it gives no signature. The odds are below one in
/// two to the power of two hundred.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the key pair yields no usable private key")]
pub struct KeyError;

impl Key {
    /// Prepares the key pair.
    #[must_use]
    pub fn new(access_key: AccessKeyId, secret: SecretKey) -> Self {
        Self { hmac: HmacSha256::new(secret.expose().as_bytes()), access_key, secret }
    }

    /// The public half.
    #[must_use]
    pub const fn access_key(&self) -> &AccessKeyId {
        &self.access_key
    }

    /// The secret half, for credentials that show it instead of signing with it.
    #[must_use]
    pub const fn secret(&self) -> &SecretKey {
        &self.secret
    }

    /// What the algorithm signs with. `scope` (`yyyymmdd/region/service`) counts only for scoped algorithms.
    ///
    /// # Errors
    /// [`KeyError`] for the curves, practically never.
    pub fn signing_key(&self, algorithm: Algorithm, scope: &str) -> Result<SigningKey, KeyError> {
        let (access_key, secret) = (self.access_key.as_str(), self.secret.expose());
        let mut scalars = derive::scalars(algorithm, access_key, secret);
        match algorithm {
            Algorithm::HmacSha256 => Ok(SigningKey::HmacSha256(self.hmac.clone())),
            Algorithm::V11HmacSha256 => Ok(SigningKey::HmacSha256(derive::scoped(access_key, secret, scope))),
            Algorithm::HmacSm3 => Ok(SigningKey::HmacSm3(self.secret.clone())),
            Algorithm::EcdsaP256Sha256 => scalars
                .find_map(|scalar| p256::ecdsa::SigningKey::from_slice(scalar.as_slice()).ok())
                .map(|key| SigningKey::EcdsaP256(Box::new(key)))
                .ok_or(KeyError),
            Algorithm::Sm2Sm3 => scalars
                .find_map(|scalar| sm2::dsa::SigningKey::from_slice(SM2_IDENTIFIER, scalar.as_slice()).ok())
                .map(|key| SigningKey::Sm2(Box::new(key)))
                .ok_or(KeyError),
        }
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Key({})", self.access_key)
    }
}

/// What one algorithm signs a string to sign with.
pub enum SigningKey {
    /// HMAC-SHA256, direct or derived for a scope.
    HmacSha256(HmacSha256),
    /// HMAC-SM3.
    HmacSm3(SecretKey),
    /// ECDSA on P-256 with SHA-256.
    EcdsaP256(Box<p256::ecdsa::SigningKey>),
    /// SM2 with SM3.
    Sm2(Box<sm2::dsa::SigningKey>),
}

impl SigningKey {
    /// The authentication code of a string to sign; `None` for the curves.
    #[must_use]
    pub fn code(&self, string_to_sign: &[u8]) -> Option<Digest> {
        match self {
            Self::HmacSha256(key) => Some(key.code(&[string_to_sign])),
            Self::HmacSm3(secret) => Some(hmac_sm3(secret.expose().as_bytes(), &[string_to_sign])),
            Self::EcdsaP256(_) | Self::Sm2(_) => None,
        }
    }

    /// The signature in lower-case hex: 64 digits for HMAC, else a DER sequence of r and s.
    ///
    /// The nonces of the curves are deterministic (RFC 6979), so no random source is needed.
    ///
    /// # Errors
    /// [`KeyError`] for SM2, practically never.
    pub fn sign(&self, string_to_sign: &[u8]) -> Result<String, KeyError> {
        Ok(match self {
            Self::HmacSha256(key) => hex_text(&key.code(&[string_to_sign])),
            Self::HmacSm3(secret) => hex_text(&hmac_sm3(secret.expose().as_bytes(), &[string_to_sign])),
            Self::EcdsaP256(key) => {
                let signature: p256::ecdsa::DerSignature = key.sign(string_to_sign);
                hex::encode(signature.as_bytes())
            }
            Self::Sm2(key) => {
                hex::encode(key.try_sign(string_to_sign).map_err(|_| KeyError)?.to_der().as_bytes())
            }
        })
    }
}

fn hex_text(code: &Digest) -> String {
    to_text(hex_digest(code).to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> Key {
        Key::new(AccessKeyId::parse("AccessKey").unwrap(), SecretKey::new("the secret"))
    }

    #[test]
    fn a_prepared_key_fits_in_two_cache_lines() {
        assert!(size_of::<Key>() <= 128, "{} bytes", size_of::<Key>());
    }

    #[test]
    fn debug_output_never_shows_the_secret() {
        assert_eq!(format!("{:?}", key()), "Key(AccessKey)");
    }

    #[test]
    fn a_signature_is_a_function_of_its_inputs() {
        for algorithm in Algorithm::ALL {
            let sign = || key().signing_key(algorithm, "20250102/r/s").unwrap().sign(b"text").unwrap();
            assert_eq!(sign(), sign(), "{}", algorithm.token());
        }
    }

    #[test]
    fn every_algorithm_has_a_key_of_its_own() {
        let sign = |algorithm| key().signing_key(algorithm, "20250102/r/s").unwrap().sign(b"text").unwrap();
        let signatures: std::collections::BTreeSet<_> = Algorithm::ALL.map(sign).into_iter().collect();
        assert_eq!(signatures.len(), Algorithm::ALL.len());
    }
}
