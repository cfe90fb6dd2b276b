//! The comparison, and the proof that only it can give (§5.6).

use crate::authorization::Signature;
use crate::{Algorithm, PathForm, Payload};
use countersign_sign::{Digest, SigningKey, StringToSign};
use countersign_types::Timestamp;
use p256::ecdsa::signature::Verifier as _;
use subtle::{Choice, ConstantTimeEq};

/// Witness of an equal comparison. The field is private to this module, and [`compare`] is its only source.
#[derive(Debug)]
pub(crate) struct Match(());

/// Compares the presented signature with that of the string to sign; in constant time for codes.
pub(crate) fn compare(key: &SigningKey, text: &StringToSign, presented: &Signature) -> Option<Match> {
    let text = text.as_bytes();
    let equal = match (key, presented) {
        (SigningKey::HmacSha256(_) | SigningKey::HmacSm3(_), Signature::Code(code)) => {
            key.code(text).is_some_and(|expected| digests_equal(&expected, code))
        }
        (SigningKey::EcdsaP256(key), Signature::Der(der)) => p256::ecdsa::Signature::from_der(der)
            .is_ok_and(|signature| key.verifying_key().verify(text, &signature).is_ok()),
        (SigningKey::Sm2(key), Signature::Der(der)) => sm2::dsa::Signature::from_der(der)
            .is_ok_and(|signature| key.verifying_key().verify(text, &signature).is_ok()),
        _ => false,
    };
    equal.then_some(Match(()))
}

/// Compares in constant time, eight bytes at a step.
#[must_use]
pub fn digests_equal(one: &Digest, other: &Digest) -> bool {
    let words = one.as_chunks::<8>().0.iter().zip(other.as_chunks::<8>().0);
    let word_equal =
        |(one, other): (&[u8; 8], &[u8; 8])| u64::from_ne_bytes(*one).ct_eq(&u64::from_ne_bytes(*other));
    words.map(word_equal).fold(Choice::from(1), |all, equal| all & equal).into()
}

/// Proof that a signature was compared and equal, and that the body is the signed one.
///
/// Whose signature it is, the caller of [`crate::Presented::claim`] knows: it is that of the key given there. It is
/// not repeated here, because all cores would count up and down on the one name of a busy key.
///
/// Only [`crate::Claim::finish`] makes one.
#[derive(Debug)]
pub struct Verified {
    _proof: Match,
    pub(crate) payload: Payload,
    about: About,
}

/// What a signature was found to be about.
#[derive(Debug)]
pub(crate) struct About {
    pub(crate) algorithm: Algorithm,
    pub(crate) signing_time: Timestamp,
    pub(crate) path_form: PathForm,
}

impl Verified {
    pub(crate) const fn new(proof: Match, payload: Payload, about: About) -> Self {
        Self { _proof: proof, payload, about }
    }

    /// The algorithm that signed.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        self.about.algorithm
    }

    /// The signing time.
    #[must_use]
    pub const fn signing_time(&self) -> Timestamp {
        self.about.signing_time
    }

    /// The form of the path that was signed. With [`PathForm::Raw`] the raw text is what was signed, and what
    /// must be routed and forwarded.
    #[must_use]
    pub const fn path_form(&self) -> PathForm {
        self.about.path_form
    }

    /// The body was not covered by the signature.
    #[must_use]
    pub fn payload_unsigned(&self) -> bool {
        self.payload == Payload::Unsigned
    }
}
