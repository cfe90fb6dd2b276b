//! Keys: the issuer's, and the part of it that verifiers hold.

use aws_lc_rs::signature::Ed25519KeyPair;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use ed25519_dalek::{SigningKey, VerifyingKey};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::sync::Arc;
use zeroize::Zeroizing;

/// Length of a key's secret: half seals and derives, half signs.
pub const SECRET_BYTES: usize = 64;

/// Length of what verifiers hold of a key: the sealing half, the deriving half, the public key of the signature.
pub const OPENING_BYTES: usize = 96;

/// Names a key; never used again for another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyId(pub u32);

/// A key that issues.
///
/// `Debug` shows its id only.
#[derive(Clone)]
pub struct TokenKey {
    /// Of a library that signs in half the time of the one that verifies, which in turn is the stricter verifier.
    signing: Arc<Ed25519KeyPair>,
    opening: OpeningKey,
}

/// The part of a key that verifies but does not issue.
///
/// `Debug` shows its id only.
#[derive(Clone)]
pub struct OpeningKey {
    id: KeyId,
    seal: Zeroizing<[u8; 32]>,
    derive: Zeroizing<[u8; 32]>,
    verifying: VerifyingKey,
}

impl TokenKey {
    /// From 64 random bytes.
    #[must_use]
    pub fn from_secret(id: KeyId, secret: [u8; SECRET_BYTES]) -> Self {
        let secret = Zeroizing::new(secret);
        let (shared, signing) = secret.split_at(SECRET_BYTES / 2);
        let seed = Zeroizing::new(hmac(signing, &[b"countersign token signature"]));
        let verifying = SigningKey::from_bytes(&seed).verifying_key();
        let signing = Ed25519KeyPair::from_seed_and_public_key(&*seed, verifying.as_bytes())
            .expect("a seed has one public key, whoever derives it");
        let opening = OpeningKey {
            id,
            seal: Zeroizing::new(hmac(shared, &[b"countersign token seal"])),
            derive: Zeroizing::new(hmac(shared, &[b"countersign temporary secret key"])),
            verifying,
        };
        Self { signing: Arc::new(signing), opening }
    }

    /// What verifiers need.
    #[must_use]
    pub const fn opening(&self) -> &OpeningKey {
        &self.opening
    }

    pub(crate) fn signing(&self) -> &Ed25519KeyPair {
        &self.signing
    }
}

impl OpeningKey {
    /// Its name.
    #[must_use]
    pub const fn id(&self) -> KeyId {
        self.id
    }

    /// Its 96 bytes, for verifiers elsewhere: whoever holds them opens credentials and derives secret keys.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<[u8; OPENING_BYTES]> {
        let mut bytes = Zeroizing::new([0; OPENING_BYTES]);
        let parts = [&*self.seal, &*self.derive, self.verifying.as_bytes()];
        for (place, part) in bytes.as_chunks_mut::<32>().0.iter_mut().zip(parts) {
            place.copy_from_slice(part);
        }
        bytes
    }

    /// From [`OpeningKey::to_bytes`]. `None` when the last part is no point of the curve.
    #[must_use]
    pub fn from_bytes(id: KeyId, bytes: &[u8; OPENING_BYTES]) -> Option<Self> {
        let [seal, derive, verifying] = bytes.as_chunks::<32>().0 else { return None };
        let verifying = VerifyingKey::from_bytes(verifying).ok().filter(|key| !key.is_weak())?;
        Some(Self { id, seal: Zeroizing::new(*seal), derive: Zeroizing::new(*derive), verifying })
    }

    pub(crate) fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.seal).into())
    }

    pub(crate) const fn verifying(&self) -> &VerifyingKey {
        &self.verifying
    }

    /// Bytes that only holders of the key can compute from these parts.
    pub(crate) fn derive(&self, parts: &[&[u8]]) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(hmac(&*self.derive, parts))
    }
}

impl std::fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TokenKey({})", self.opening.id.0)
    }
}

impl std::fmt::Debug for OpeningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "OpeningKey({})", self.id.0)
    }
}

pub(crate) fn hmac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}
