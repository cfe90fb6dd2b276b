//! The outer form: `base64url(version | use | key id | nonce | AEAD(content | signature))`.
//!
//! Version, use and key id are authenticated with the content, twice: as associated data and under the
//! signature. A token therefore never passes for a security token or a message, nor the reverse.

use crate::key::{KeyId, OpeningKey, TokenKey};
use crate::{Error, OpeningKeys};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use ed25519_dalek::Signature;
use zeroize::Zeroizing;

const VERSION: u8 = 1;
const HEAD_BYTES: usize = 6;
const SIGNATURE_BYTES: usize = 64;
/// Longest text that is looked at: more than claims with the longest ids and the longest session need.
const CHARS_MAX: usize = 16_384;

/// Random bytes that no two envelopes of a key share.
pub(crate) type Nonce = [u8; 24];

/// What an envelope is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    Token = 1,
    TemporaryKey = 2,
    Message = 3,
}

impl Use {
    /// Messages have a key of their own: whoever can open one shall not be able to open a credential.
    fn cipher(self, key: &OpeningKey) -> XChaCha20Poly1305 {
        match self {
            Self::Token | Self::TemporaryKey => key.cipher(),
            Self::Message => {
                XChaCha20Poly1305::new((&*key.derive(&[b"countersign authorization message"])).into())
            }
        }
    }
}

/// Signs and seals the content.
pub(crate) fn seal(usage: Use, key: &TokenKey, nonce: Nonce, content: &[u8]) -> String {
    let head = head(usage, key.opening().id());
    let mut signed = Zeroizing::new([&head, content].concat());
    let signature = key.signing().sign(&signed);
    signed.extend_from_slice(signature.as_ref());
    let payload = Payload { msg: signed.get(HEAD_BYTES..).unwrap_or_default(), aad: &head };
    let sealed = usage.cipher(key.opening()).encrypt((&nonce).into(), payload);
    let sealed = sealed.expect("content is far shorter than the cipher's limit");
    URL_SAFE_NO_PAD.encode([head.as_slice(), &nonce, &sealed].concat())
}

/// The content, once seal and signature hold, and the key that opened it.
pub(crate) fn open<'k>(
    usage: Use,
    keys: &'k OpeningKeys,
    text: &str,
) -> Result<(Zeroizing<Vec<u8>>, &'k OpeningKey), Error> {
    if text.len() > CHARS_MAX {
        return Err(Error::Malformed);
    }
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| Error::Malformed)?;
    let (head, rest) = bytes.split_first_chunk::<HEAD_BYTES>().ok_or(Error::Malformed)?;
    let (nonce, sealed) = rest.split_first_chunk::<24>().ok_or(Error::Malformed)?;
    let [VERSION, _, id @ ..] = *head else { return Err(Error::Malformed) };
    let key = keys.find(KeyId(u32::from_be_bytes(id))).ok_or(Error::UnknownKey)?;
    let expected = self::head(usage, key.id());
    if *head != expected {
        return Err(Error::Forged);
    }
    let payload = Payload { msg: sealed, aad: &expected };
    let content = usage.cipher(key).decrypt(nonce.into(), payload).map_err(|_| Error::Forged)?;
    let mut content = Zeroizing::new(content);
    let at = content.len().checked_sub(SIGNATURE_BYTES).ok_or(Error::Forged)?;
    let signature = content.split_off(at);
    verify(key, &expected, &content, &signature)?;
    Ok((content, key))
}

fn verify(key: &OpeningKey, head: &[u8], content: &[u8], signature: &[u8]) -> Result<(), Error> {
    let signature = Signature::from_slice(signature).map_err(|_| Error::Forged)?;
    let signed = Zeroizing::new([head, content].concat());
    key.verifying().verify_strict(&signed, &signature).map_err(|_| Error::Forged)
}

/// The key that a text says it was made with; nothing of it is verified.
pub(crate) fn named_key(text: &str) -> Result<KeyId, Error> {
    const HEAD_CHARS: usize = HEAD_BYTES / 3 * 4;
    let mut head = [0; HEAD_BYTES];
    let chars = text.get(..HEAD_CHARS).filter(|_| text.len() <= CHARS_MAX).ok_or(Error::Malformed)?;
    URL_SAFE_NO_PAD.decode_slice(chars, &mut head).map_err(|_| Error::Malformed)?;
    let [VERSION, _, id @ ..] = head else { return Err(Error::Malformed) };
    Ok(KeyId(u32::from_be_bytes(id)))
}

fn head(usage: Use, id: KeyId) -> [u8; HEAD_BYTES] {
    let [a, b, c, d] = id.0.to_be_bytes();
    [VERSION, usage as u8, a, b, c, d]
}
