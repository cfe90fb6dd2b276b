//! What a request declares about its body, and the hash of the body as it arrives (§5.4).

use crate::{Error, Presented};
use countersign_sign::{Digest, Hash, Hasher, HexDigest, hex_digest, names};

/// What the signature says about the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Payload {
    /// Nothing is declared: the signature covers the hash of the body and is compared when that is known.
    Undeclared,
    /// The declared digest, to which the body is held.
    Digest(Digest),
    /// The body is not covered.
    Unsigned,
    /// Declared unsigned but signed as empty: the body must be empty.
    Empty,
}

/// What the content hash header says. That `Unsigned` means `Empty` is for the signature to show.
pub(crate) fn declared(presented: &Presented<'_>) -> Result<Payload, Error> {
    let Some(value) = presented.content_hash() else {
        return Ok(Payload::Undeclared);
    };
    if value == names::UNSIGNED_PAYLOAD.as_bytes() {
        return Ok(Payload::Unsigned);
    }
    let mut digest = [0; 32];
    hex::decode_to_slice(value, &mut digest).map_err(|_| Error::BadContentHash)?;
    Ok(Payload::Digest(digest))
}

/// Hashes a body with the claim's algorithm; does no work when the payload is declared unsigned.
#[derive(Clone)]
pub struct BodyHasher {
    hash: Hash,
    is_hashed: bool,
    is_empty: bool,
    /// Begins with the first byte, because most requests have none.
    hasher: Option<Hasher>,
}

impl BodyHasher {
    pub(crate) const fn new(payload: Payload, hash: Hash) -> Self {
        let is_hashed = matches!(payload, Payload::Undeclared | Payload::Digest(_));
        Self { hash, is_hashed, is_empty: true, hasher: None }
    }

    /// Adds the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        self.is_empty = false;
        if self.is_hashed {
            self.hasher.get_or_insert_with(|| Hasher::new(self.hash)).update(bytes);
        }
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.is_empty
    }

    /// `None` if nothing was hashed because nothing had to be.
    pub(crate) fn digest(self) -> Option<Digest> {
        let Self { hash, is_hashed, hasher, .. } = self;
        is_hashed.then(|| hasher.unwrap_or_else(|| Hasher::new(hash)).finish())
    }

    /// The payload line of an undeclared body; `None` if nothing was hashed because nothing had to be.
    pub(crate) fn line(self) -> Option<HexDigest> {
        if self.is_empty { Some(*self.hash.empty()) } else { self.digest().map(|digest| hex_digest(&digest)) }
    }
}
