//! The algorithm tokens (§4) and the hash that each builds on.

use crate::names;

/// The algorithms of the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// `SDK-HMAC-SHA256`
    HmacSha256,
    /// `V11-HMAC-SHA256`
    V11HmacSha256,
    /// `SDK-HMAC-SM3`
    HmacSm3,
    /// `SDK-ECDSA-P256-SHA256`
    EcdsaP256Sha256,
    /// `SDK-SM2-SM3`
    Sm2Sm3,
}

/// The hash functions of the protocol; both yield 32 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hash {
    /// SHA-256.
    Sha256,
    /// SM3.
    Sm3,
}

impl Algorithm {
    /// Every algorithm.
    pub const ALL: [Self; 5] =
        [Self::HmacSha256, Self::V11HmacSha256, Self::HmacSm3, Self::EcdsaP256Sha256, Self::Sm2Sm3];

    /// The token as it stands in the Authorization header.
    #[must_use]
    pub const fn token(self) -> &'static str {
        match self {
            Self::HmacSha256 => "SDK-HMAC-SHA256",
            Self::V11HmacSha256 => "V11-HMAC-SHA256",
            Self::HmacSm3 => "SDK-HMAC-SM3",
            Self::EcdsaP256Sha256 => "SDK-ECDSA-P256-SHA256",
            Self::Sm2Sm3 => "SDK-SM2-SM3",
        }
    }

    /// The algorithm of a token; upper case only, as every client writes it.
    #[must_use]
    pub fn parse(token: &[u8]) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.token().as_bytes() == token)
    }

    /// Whether the key is derived for a day, region and service (`Credential=` instead of `Access=`).
    #[must_use]
    pub const fn is_scoped(self) -> bool {
        matches!(self, Self::V11HmacSha256)
    }

    /// The hash of the body and of the canonical request.
    #[must_use]
    pub const fn hash(self) -> Hash {
        match self {
            Self::HmacSha256 | Self::V11HmacSha256 | Self::EcdsaP256Sha256 => Hash::Sha256,
            Self::HmacSm3 | Self::Sm2Sm3 => Hash::Sm3,
        }
    }
}

impl Hash {
    /// The header that declares a payload hash of this kind.
    #[must_use]
    pub const fn content_header(self) -> &'static str {
        match self {
            Self::Sha256 => names::CONTENT_SHA256,
            Self::Sm3 => names::CONTENT_SM3,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_token_reads_back_and_no_other_case_does() {
        for algorithm in Algorithm::ALL {
            assert_eq!(Algorithm::parse(algorithm.token().as_bytes()), Some(algorithm));
            assert_eq!(Algorithm::parse(algorithm.token().to_ascii_lowercase().as_bytes()), None);
        }
    }
}
