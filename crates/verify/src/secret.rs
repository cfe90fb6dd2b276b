//! Secrets that a request shows, or a digest made with one: weaker than a signature, and compared as carefully.

use crate::Key;
use countersign_sign::{Digest, Hash, Hasher};
use subtle::ConstantTimeEq;

/// Whether this is the secret of the key pair; in constant time, but for the length.
#[must_use]
pub fn is_secret(key: &Key, shown: &[u8]) -> bool {
    key.secret().expose().as_bytes().ct_eq(shown).into()
}

/// Whether this is SHA-256 over access key, secret and time text in a row; in constant time.
#[must_use]
pub fn is_stamp(key: &Key, time: &[u8], shown: &Digest) -> bool {
    let mut hasher = Hasher::new(Hash::Sha256);
    for part in [key.access_key().as_str().as_bytes(), key.secret().expose().as_bytes(), time] {
        hasher.update(part);
    }
    hasher.finish().ct_eq(shown).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use countersign_types::{AccessKeyId, SecretKey};

    fn key() -> Key {
        Key::new(AccessKeyId::parse("key").unwrap(), SecretKey::new("secret"))
    }

    #[test]
    fn a_secret_is_itself_and_nothing_else() {
        assert!(is_secret(&key(), b"secret"));
        for other in ["", "secre", "secret ", "Secret", "key"] {
            assert!(!is_secret(&key(), other.as_bytes()), "{other}");
        }
    }

    #[test]
    fn a_stamp_is_the_digest_of_key_secret_and_time() {
        // printf keysecret1700000000 | sha256sum
        let expected =
            hex::decode("278d74471a3b5267e27221967122169ad26fac349e0fb6a94779cdf050a0d038").unwrap();
        let expected: Digest = expected.try_into().unwrap();
        assert!(is_stamp(&key(), b"1700000000", &expected));
        assert!(!is_stamp(&key(), b"1700000001", &expected));
    }
}
