//! Random identifiers and secrets.

use crate::Identity;
use countersign_types::{AccessKeyId, SecretKey};

const UPPER_AND_DIGITS: &[u8; 36] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const ALPHANUMERIC: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

const ACCESS_KEY_CHARS: usize = 20;
const SECRET_KEY_CHARS: usize = 40;
const PASSWORD_CHARS: usize = 24;
const APPLICATION_SECRET_CHARS: usize = 64;

impl Identity {
    /// 32 random lower-case hex digits, for ids of requests.
    #[must_use]
    pub fn hex_id(&self) -> String {
        self.new_id()
    }

    /// 32 lower-case hex digits.
    pub(crate) fn new_id(&self) -> String {
        let mut bytes = [0; 16];
        (self.random)(&mut bytes);
        hex::encode(bytes)
    }

    pub(crate) fn new_access_key_id(&self) -> AccessKeyId {
        AccessKeyId::parse(&self.text(UPPER_AND_DIGITS, ACCESS_KEY_CHARS))
            .expect("letters and digits are an identifier")
    }

    pub(crate) fn new_secret_key(&self) -> SecretKey {
        SecretKey::new(self.text(ALPHANUMERIC, SECRET_KEY_CHARS))
    }

    pub(crate) fn new_password(&self) -> SecretKey {
        SecretKey::new(self.text(ALPHANUMERIC, PASSWORD_CHARS))
    }

    pub(crate) fn new_application_secret(&self) -> SecretKey {
        SecretKey::new(self.text(ALPHANUMERIC, APPLICATION_SECRET_CHARS))
    }

    /// `length` characters, each equally likely: bytes past the last whole multiple of the alphabet are drawn again.
    fn text(&self, alphabet: &[u8], length: usize) -> String {
        let fair = 256 / alphabet.len() * alphabet.len();
        let mut text = String::with_capacity(length);
        while text.len() < length {
            let mut draw = [0; 64];
            (self.random)(&mut draw);
            let wanted = length - text.len();
            let fair_draws = draw.iter().map(|byte| usize::from(*byte)).filter(|byte| *byte < fair);
            text.extend(fair_draws.take(wanted).map(|byte| char::from(alphabet[byte % alphabet.len()])));
        }
        text
    }
}
