//! HMAC with keys prepared once.

use crate::digest::Digest;
use crate::hash::{Sha256, State};
use hmac::{KeyInit, Mac};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// An HMAC-SHA256 key as the two hash states after its padded blocks: 64 bytes, and a message costs only its
/// own blocks and one more.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct HmacSha256 {
    inner: State,
    outer: State,
}

impl HmacSha256 {
    /// Prepares a key of any length.
    #[must_use]
    pub fn new(key: &[u8]) -> Self {
        let mut block = [0; 64];
        if let Some(start) = block.get_mut(..key.len()) {
            start.copy_from_slice(key);
        } else {
            let mut hasher = Sha256::new();
            hasher.update(key);
            block[..32].copy_from_slice(&hasher.finish());
        }
        let prepared = Self {
            inner: Sha256::block_state(&block.map(|byte| byte ^ 0x36)),
            outer: Sha256::block_state(&block.map(|byte| byte ^ 0x5c)),
        };
        block.zeroize();
        prepared
    }

    /// The code of all parts in a row.
    #[must_use]
    pub fn code(&self, parts: &[&[u8]]) -> Digest {
        let mut inner = Sha256::after_block(self.inner);
        for part in parts {
            inner.update(part);
        }
        let mut outer = Sha256::after_block(self.outer);
        outer.update(&inner.finish());
        outer.finish()
    }
}

/// HMAC-SM3 of all parts in a row.
#[must_use]
pub fn hmac_sm3(key: &[u8], parts: &[&[u8]]) -> Digest {
    let mut mac = hmac::Hmac::<sm3::Sm3>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prepared_states_give_the_codes_of_the_reference_for_every_key_length() {
        for length in 0..200 {
            let key: Vec<u8> = (0..length).collect();
            let mut reference = hmac::Hmac::<sha2::Sha256>::new_from_slice(&key).unwrap();
            reference.update(b"what is signed");
            let code: Digest = reference.finalize().into_bytes().into();
            assert_eq!(HmacSha256::new(&key).code(&[b"what is ", b"signed"]), code, "{length}");
        }
    }

    #[test]
    fn a_prepared_key_takes_64_bytes() {
        assert_eq!(size_of::<HmacSha256>(), 64);
    }
}
