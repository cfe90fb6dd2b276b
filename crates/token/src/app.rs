//! Tokens of apps: given by a gateway for an app's key pair, and opened by whoever knows the pair.
//!
//! They are sealed under a key that follows from the AppSecret, so that a new secret ends them and nothing has to be
//! kept. An app that seals one for itself gains nothing: it holds the secret.

use crate::Error;
use crate::codec::{Reader, Writer};
use crate::key::hmac;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use countersign_types::{AccessKeyId, InstanceId, SecretKey, Timestamp, Token};

const VERSION: u8 = 1;
const NONCE_BYTES: usize = 24;
/// Longest text that is looked at: more than the longest AppKey needs.
const CHARS_MAX: usize = 512;

/// What a token is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AppTokenUse {
    /// To call APIs.
    Access = 1,
    /// To obtain further tokens.
    Refresh = 2,
}

/// What seals and opens the tokens of one app on one gateway.
pub struct AppTokenKey(XChaCha20Poly1305);

/// A token as it was shown; nothing of it is verified.
pub struct PresentedAppToken {
    app_key: AccessKeyId,
    head: Vec<u8>,
    nonce: [u8; NONCE_BYTES],
    sealed: Vec<u8>,
}

impl AppTokenKey {
    /// The key of the app with this secret.
    #[must_use]
    pub fn derive(gateway: &InstanceId, secret: &SecretKey) -> Self {
        let parts = [b"countersign app token:", gateway.as_str().as_bytes()];
        Self(XChaCha20Poly1305::new((&hmac(secret.expose().as_bytes(), &parts)).into()))
    }

    /// A token that holds until `expires`; the nonce is fresh random bytes.
    #[must_use]
    pub fn seal(
        &self,
        usage: AppTokenUse,
        app_key: &AccessKeyId,
        expires: Timestamp,
        nonce: [u8; NONCE_BYTES],
    ) -> Token {
        let head = head(usage, app_key);
        let mut content = Writer::new();
        content.time(expires);
        let payload = Payload { msg: &content.finish(), aad: &head };
        let sealed = self.0.encrypt((&nonce).into(), payload).expect("a time is short enough");
        Token::new(URL_SAFE_NO_PAD.encode([head.as_slice(), &nonce, &sealed].concat()))
    }
}

impl PresentedAppToken {
    /// Reads the outer form.
    ///
    /// # Errors
    /// [`Error::Malformed`] for what is no token of this use.
    pub fn parse(usage: AppTokenUse, text: &str) -> Result<Self, Error> {
        if text.len() > CHARS_MAX {
            return Err(Error::Malformed);
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| Error::Malformed)?;
        let mut reader = Reader(&bytes);
        let [version, used] = reader.array().ok_or(Error::Malformed)?;
        let app_key: AccessKeyId = reader.id().ok_or(Error::Malformed)?;
        let nonce = reader.array().ok_or(Error::Malformed)?;
        let head = head(usage, &app_key);
        if version != VERSION || used != usage as u8 || !bytes.starts_with(&head) {
            return Err(Error::Malformed);
        }
        Ok(Self { app_key, head, nonce, sealed: reader.0.to_vec() })
    }

    /// The app that it was given to, as it says.
    #[must_use]
    pub const fn app_key(&self) -> &AccessKeyId {
        &self.app_key
    }

    /// Whether it was sealed with this key and its time is not over.
    ///
    /// # Errors
    /// [`Error::Forged`] or [`Error::Expired`].
    pub fn open(&self, key: &AppTokenKey, now: Timestamp) -> Result<(), Error> {
        let payload = Payload { msg: &self.sealed, aad: &self.head };
        let content = key.0.decrypt((&self.nonce).into(), payload).map_err(|_| Error::Forged)?;
        let mut reader = Reader(&content);
        let expires = reader.time().filter(|_| reader.is_empty()).ok_or(Error::Forged)?;
        if now < expires { Ok(()) } else { Err(Error::Expired) }
    }
}

/// What stands in the clear and is sealed with the rest.
fn head(usage: AppTokenUse, app_key: &AccessKeyId) -> Vec<u8> {
    let mut head = Writer::new();
    head.byte(VERSION);
    head.byte(usage as u8);
    head.id(app_key.as_str());
    head.finish().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_unix(1_700_000_000);

    fn key(gateway: &str, secret: &str) -> AppTokenKey {
        AppTokenKey::derive(&InstanceId::parse(gateway).unwrap(), &SecretKey::new(secret))
    }

    fn seal(usage: AppTokenUse, expires: u64) -> Token {
        let app = AccessKeyId::parse("app-key-1234").unwrap();
        key("gateway", "secret").seal(usage, &app, Timestamp::from_unix(expires), [7; 24])
    }

    fn open(usage: AppTokenUse, text: &str, with: &AppTokenKey) -> Result<(), Error> {
        PresentedAppToken::parse(usage, text)?.open(with, NOW)
    }

    #[test]
    fn a_token_opens_with_its_key_until_its_time_is_over() {
        let token = seal(AppTokenUse::Access, NOW.unix() + 1);
        let shown = PresentedAppToken::parse(AppTokenUse::Access, token.expose()).unwrap();
        assert_eq!(shown.app_key().as_str(), "app-key-1234");
        assert_eq!(shown.open(&key("gateway", "secret"), NOW), Ok(()));
        let over = seal(AppTokenUse::Access, NOW.unix());
        assert_eq!(open(AppTokenUse::Access, over.expose(), &key("gateway", "secret")), Err(Error::Expired));
    }

    #[test]
    fn another_secret_gateway_or_use_does_not_open_it() {
        let token = seal(AppTokenUse::Access, NOW.unix() + 1);
        for other in [key("gateway", "other"), key("other", "secret")] {
            assert_eq!(open(AppTokenUse::Access, token.expose(), &other), Err(Error::Forged));
        }
        let own = key("gateway", "secret");
        assert_eq!(open(AppTokenUse::Refresh, token.expose(), &own), Err(Error::Malformed));
    }

    #[test]
    fn no_byte_of_a_token_can_be_changed() {
        let token = seal(AppTokenUse::Access, NOW.unix() + 1);
        let bytes = URL_SAFE_NO_PAD.decode(token.expose()).unwrap();
        for position in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[position] ^= 1;
            let text = URL_SAFE_NO_PAD.encode(changed);
            assert!(open(AppTokenUse::Access, &text, &key("gateway", "secret")).is_err(), "{position}");
            let cut = URL_SAFE_NO_PAD.encode(&bytes[..position]);
            assert!(open(AppTokenUse::Access, &cut, &key("gateway", "secret")).is_err(), "{position}");
        }
        assert!(PresentedAppToken::parse(AppTokenUse::Access, &"A".repeat(100_000)).is_err());
    }
}
