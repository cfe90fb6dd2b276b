//! SHA-256 and SM3 behind one face.
//!
//! SHA-256 stands on the block function alone, because an HMAC key is kept as two prepared block states:
//! hashing must be able to start from such a state.

use crate::algorithm::Hash;
use crate::digest::{Digest, HexDigest};
use sm3::Digest as _;
use zeroize::Zeroize;

/// The state of SHA-256 between two blocks.
pub(crate) type State = [u32; 8];

const INITIAL: State =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];

/// A running SHA-256.
#[derive(Clone)]
pub(crate) struct Sha256 {
    state: State,
    bytes: u64,
    tail: [u8; 64],
}

impl Sha256 {
    pub(crate) const fn new() -> Self {
        Self { state: INITIAL, bytes: 0, tail: [0; 64] }
    }

    /// Goes on after one block that led to `state`.
    pub(crate) const fn after_block(state: State) -> Self {
        Self { state, bytes: 64, tail: [0; 64] }
    }

    /// The state after exactly one block.
    pub(crate) fn block_state(block: &[u8; 64]) -> State {
        let mut state = INITIAL;
        sha2::block_api::compress256(&mut state, std::slice::from_ref(block));
        state
    }

    /// Always below 64, which bounds every index below.
    const fn tail_length(&self) -> usize {
        (self.bytes % 64) as usize
    }

    pub(crate) fn update(&mut self, mut bytes: &[u8]) {
        let filled = self.tail_length();
        self.bytes = self.bytes.wrapping_add(bytes.len() as u64);
        if filled > 0 {
            let free = self.tail.get_mut(filled..).unwrap_or_default();
            let (now, later) = bytes.split_at(bytes.len().min(free.len()));
            let (slot, rest) = free.split_at_mut(now.len());
            slot.copy_from_slice(now);
            if !rest.is_empty() {
                return;
            }
            sha2::block_api::compress256(&mut self.state, std::slice::from_ref(&self.tail));
            bytes = later;
        }
        let (blocks, rest) = bytes.as_chunks::<64>();
        if !blocks.is_empty() {
            sha2::block_api::compress256(&mut self.state, blocks);
        }
        self.tail[..rest.len()].copy_from_slice(rest);
    }

    pub(crate) fn finish(mut self) -> Digest {
        let bits = self.bytes.wrapping_mul(8);
        let filled = self.tail_length();
        self.tail[filled] = 0x80;
        self.tail[filled + 1..].fill(0);
        if filled >= 56 {
            sha2::block_api::compress256(&mut self.state, std::slice::from_ref(&self.tail));
            self.tail.fill(0);
        }
        self.tail[56..].copy_from_slice(&bits.to_be_bytes());
        sha2::block_api::compress256(&mut self.state, std::slice::from_ref(&self.tail));
        let mut digest = [0; 32];
        for (out, word) in digest.as_chunks_mut::<4>().0.iter_mut().zip(self.state) {
            *out = word.to_be_bytes();
        }
        digest
    }
}

impl Zeroize for Sha256 {
    fn zeroize(&mut self) {
        self.state.zeroize();
        self.tail.zeroize();
    }
}

impl Hash {
    /// The digest of nothing, in hex: the payload line of every request without a body.
    #[must_use]
    pub const fn empty(self) -> &'static HexDigest {
        match self {
            Self::Sha256 => b"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            Self::Sm3 => b"1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b",
        }
    }
}

/// A running hash of either kind.
#[derive(Clone)]
pub struct Hasher(Kind);

#[derive(Clone)]
enum Kind {
    Sha256(Sha256),
    Sm3(sm3::Sm3),
}

impl Hasher {
    /// Starts a hash.
    #[must_use]
    pub fn new(hash: Hash) -> Self {
        Self(match hash {
            Hash::Sha256 => Kind::Sha256(Sha256::new()),
            Hash::Sm3 => Kind::Sm3(sm3::Sm3::new()),
        })
    }

    /// The digest of all parts in a row.
    #[must_use]
    pub fn digest(hash: Hash, parts: &[&[u8]]) -> Digest {
        match hash {
            Hash::Sha256 => {
                let mut hasher = Sha256::new();
                parts.iter().for_each(|part| hasher.update(part));
                hasher.finish()
            }
            Hash::Sm3 => {
                let mut hasher = sm3::Sm3::new();
                parts.iter().for_each(|part| hasher.update(part));
                hasher.finalize().into()
            }
        }
    }

    /// Adds the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        match &mut self.0 {
            Kind::Sha256(sha256) => sha256.update(bytes),
            Kind::Sm3(sm3) => sm3.update(bytes),
        }
    }

    /// The digest of everything added.
    #[must_use]
    pub fn finish(self) -> Digest {
        match self.0 {
            Kind::Sha256(sha256) => sha256.finish(),
            Kind::Sm3(sm3) => sm3.finalize().into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::hex_digest;
    use sha2::Sha256 as Reference;

    #[test]
    fn every_split_of_every_short_text_hashes_like_the_reference() {
        let text: Vec<u8> = (0..=255).cycle().take(300).collect();
        for end in 0..text.len() {
            let expected: Digest = Reference::digest(&text[..end]).into();
            for split in 0..=end {
                let parts = [&text[..split], &text[split..end]];
                assert_eq!(Hasher::digest(Hash::Sha256, &parts), expected, "{split} of {end}");
            }
        }
    }

    #[test]
    fn the_empty_digests_are_those_of_nothing() {
        for hash in [Hash::Sha256, Hash::Sm3] {
            assert_eq!(&hex_digest(&Hasher::digest(hash, &[])), hash.empty());
        }
    }
}
