//! A provider's public keys, as it publishes them: a JSON Web Key Set (RFC 7517).

use crate::json;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde_json::{Map, Value};

/// Largest text of a key set, as published for the configuration of providers.
pub const KEY_SET_BYTES_MAX: usize = 30_000;
/// Most keys of a set.
const KEYS_MAX: usize = 10;
/// Shortest and longest RSA modulus that signatures are checked with.
const RSA_BITS: std::ops::RangeInclusive<usize> = 2_048..=8_192;
/// Members that only a secret or private key has.
const SECRETS: [&str; 2] = ["d", "k"];

/// Keys to check signatures with: at least one, each with the one algorithm that it is for.
#[derive(Debug, Clone)]
pub struct KeySet(Vec<SigningKey>);

/// A public key.
#[derive(Debug, Clone)]
pub(crate) struct SigningKey {
    id: Option<String>,
    pub(crate) algorithm: Algorithm,
    pub(crate) key: DecodingKey,
}

/// Why a text is not a usable key set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the key set is not {}", self.expected())]
pub enum InvalidKeySet {
    /// Longer than [`KEY_SET_BYTES_MAX`].
    TooLarge,
    /// Not `{"keys": [...]}`, or a member is named twice.
    Malformed,
    /// It has a key that must not leave its owner.
    Secret,
    /// A key for signatures is broken, too short, or for an algorithm that is not its kind's.
    Key,
    /// Two keys cannot be told apart.
    SameId,
    /// It has no key for signatures.
    Empty,
}

impl InvalidKeySet {
    /// What it must be.
    #[must_use]
    pub const fn expected(self) -> &'static str {
        match self {
            Self::TooLarge => "a text of at most 30000 bytes",
            Self::Malformed => "a JSON Web Key Set of 1 to 10 keys in which no member is named twice",
            Self::Secret => "a set of public keys only, neither symmetric nor private ones",
            Self::Key => "a set of whole RSA keys of 2048 to 8192 bits, P-256, P-384 or Ed25519 keys",
            Self::SameId => "a set of keys with different kid",
            Self::Empty => "a set with a key for RS256 to RS512, PS256 to PS512, ES256, ES384 or EdDSA",
        }
    }
}

impl KeySet {
    /// Reads a key set. Keys for encryption or of kinds unknown here are left out, as RFC 7517 section 5 asks.
    ///
    /// # Errors
    /// [`InvalidKeySet`].
    pub fn parse(text: &str) -> Result<Self, InvalidKeySet> {
        if text.len() > KEY_SET_BYTES_MAX {
            return Err(InvalidKeySet::TooLarge);
        }
        let set = json::object(text.as_bytes()).ok_or(InvalidKeySet::Malformed)?;
        let listed = set.get("keys").and_then(Value::as_array).ok_or(InvalidKeySet::Malformed)?;
        if listed.is_empty() || listed.len() > KEYS_MAX {
            return Err(InvalidKeySet::Malformed);
        }
        let mut keys: Vec<SigningKey> = Vec::with_capacity(listed.len());
        for key in listed {
            let Some(key) = read(key.as_object().ok_or(InvalidKeySet::Malformed)?)? else { continue };
            if keys.iter().any(|other| other.id == key.id) {
                return Err(InvalidKeySet::SameId);
            }
            keys.push(key);
        }
        if keys.is_empty() { Err(InvalidKeySet::Empty) } else { Ok(Self(keys)) }
    }

    /// The key with this id; the only key when the token names none.
    pub(crate) fn find(&self, id: Option<&str>) -> Option<&SigningKey> {
        match (id, self.0.as_slice()) {
            (Some(id), keys) => keys.iter().find(|key| key.id.as_deref() == Some(id)),
            (None, [only]) => Some(only),
            (None, _) => None,
        }
    }
}

/// `None` for a key that is not for signatures or not of a kind known here.
fn read(key: &Map<String, Value>) -> Result<Option<SigningKey>, InvalidKeySet> {
    if SECRETS.iter().any(|name| key.contains_key(*name)) || text(key, "kty") == Some("oct") {
        return Err(InvalidKeySet::Secret);
    }
    if key.contains_key("use") && text(key, "use") != Some("sig") {
        return Ok(None);
    }
    let (native, others): (_, &[Algorithm]) = match (text(key, "kty"), text(key, "crv")) {
        (Some("RSA"), _) => (
            Algorithm::RS256,
            &[Algorithm::RS384, Algorithm::RS512, Algorithm::PS256, Algorithm::PS384, Algorithm::PS512],
        ),
        (Some("EC"), Some("P-256")) => (Algorithm::ES256, &[]),
        (Some("EC"), Some("P-384")) => (Algorithm::ES384, &[]),
        (Some("OKP"), Some("Ed25519")) => (Algorithm::EdDSA, &[]),
        _ => return Ok(None),
    };
    let stated = key.get("alg").map(|_| text(key, "alg").and_then(|name| name.parse().ok()));
    let algorithm = match stated {
        None => native,
        Some(Some(algorithm)) if algorithm == native || others.contains(&algorithm) => algorithm,
        Some(Some(_)) => return Err(InvalidKeySet::Key),
        Some(None) => return Ok(None),
    };
    let id = key.get("kid").map(|id| id.as_str().ok_or(InvalidKeySet::Malformed)).transpose()?;
    let key = public(key, algorithm).ok_or(InvalidKeySet::Key)?;
    Ok(Some(SigningKey { id: id.map(str::to_owned), algorithm, key }))
}

fn public(key: &Map<String, Value>, algorithm: Algorithm) -> Option<DecodingKey> {
    let bytes = |name| URL_SAFE_NO_PAD.decode(text(key, name)?).ok();
    match algorithm {
        Algorithm::ES256 => point(&bytes("x")?, &bytes("y")?, 32),
        Algorithm::ES384 => point(&bytes("x")?, &bytes("y")?, 48),
        Algorithm::EdDSA => bytes("x").filter(|x| x.len() == 32).map(|x| DecodingKey::from_ed_der(&x)),
        _ => {
            let (modulus, exponent) = (bytes("n")?, bytes("e")?);
            RSA_BITS
                .contains(&bits(&modulus))
                .then(|| DecodingKey::from_rsa_raw_components(&modulus, &exponent))
        }
    }
}

/// An uncompressed point (SEC 1 section 2.3.3) of two coordinates of this many bytes.
fn point(x: &[u8], y: &[u8], bytes: usize) -> Option<DecodingKey> {
    let is_whole = x.len() == bytes && y.len() == bytes;
    is_whole.then(|| DecodingKey::from_ec_der(&[&[4], x, y].concat()))
}

fn bits(number: &[u8]) -> usize {
    let leading = number.iter().take_while(|byte| **byte == 0).count();
    number.get(leading).map_or(0, |first| {
        (number.len() - leading) * 8 - usize::try_from(first.leading_zeros()).unwrap_or_default()
    })
}

fn text<'a>(key: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    key.get(name).and_then(Value::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const X: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

    fn ed25519(id: &str) -> Value {
        json!({"kty": "OKP", "crv": "Ed25519", "kid": id, "x": X})
    }

    fn parse(keys: &Value) -> Result<KeySet, InvalidKeySet> {
        KeySet::parse(&json!({ "keys": keys }).to_string())
    }

    fn rsa(bits: usize) -> Value {
        let modulus = URL_SAFE_NO_PAD.encode(vec![0xc3; bits / 8]);
        json!({"kty": "RSA", "n": modulus, "e": "AQAB"})
    }

    #[test]
    fn keys_that_are_not_for_signatures_are_left_out() {
        let mut encryption = rsa(2_048);
        encryption["use"] = json!("enc");
        let unknown = json!({"kty": "AKP", "alg": "ML-DSA-44", "pub": "AA"});
        let keys = parse(&json!([encryption, unknown, ed25519("a")])).unwrap();
        assert_eq!(keys.0.len(), 1);
        assert_eq!(parse(&json!([encryption])).unwrap_err(), InvalidKeySet::Empty);
    }

    #[test]
    fn the_algorithm_is_the_stated_one_of_the_kind_or_the_kinds_first() {
        assert_eq!(parse(&json!([rsa(2_048)])).unwrap().0[0].algorithm, Algorithm::RS256);
        let mut key = rsa(3_072);
        key["alg"] = json!("PS384");
        assert_eq!(parse(&json!([key])).unwrap().0[0].algorithm, Algorithm::PS384);
        for alg in ["HS256", "ES256", "EdDSA"] {
            key["alg"] = json!(alg);
            assert_eq!(parse(&json!([key])).unwrap_err(), InvalidKeySet::Key, "{alg}");
        }
    }

    #[test]
    fn symmetric_and_private_keys_are_refused() {
        let symmetric = json!({"kty": "oct", "k": "c2VjcmV0"});
        assert_eq!(parse(&json!([ed25519("a"), symmetric])).unwrap_err(), InvalidKeySet::Secret);
        let mut private = ed25519("a");
        private["d"] = json!(X);
        assert_eq!(parse(&json!([private])).unwrap_err(), InvalidKeySet::Secret);
    }

    #[test]
    fn short_and_broken_keys_are_refused() {
        let short_point = json!({"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"});
        let no_point = json!({"kty": "OKP", "crv": "Ed25519"});
        let zero = json!({"kty": "RSA", "n": "AAAA", "e": "AQAB"});
        for key in [rsa(1_024), rsa(16_384), short_point, no_point, zero] {
            assert_eq!(parse(&json!([key])).unwrap_err(), InvalidKeySet::Key, "{key}");
        }
    }

    #[test]
    fn sets_of_the_wrong_form_are_refused() {
        let long = format!("{{\"keys\": [], \"pad\": \"{}\"}}", "x".repeat(KEY_SET_BYTES_MAX));
        assert_eq!(KeySet::parse(&long).unwrap_err(), InvalidKeySet::TooLarge);
        let many: Vec<_> = (0..11).map(|number| ed25519(&number.to_string())).collect();
        for text in ["", "[]", "{}", r#"{"keys": {}}"#, r#"{"keys": []}"#, r#"{"keys": [1]}"#] {
            assert_eq!(KeySet::parse(text).unwrap_err(), InvalidKeySet::Malformed, "{text}");
        }
        assert_eq!(parse(&json!(many)).unwrap_err(), InvalidKeySet::Malformed);
        assert_eq!(parse(&json!([ed25519("a"), ed25519("a")])).unwrap_err(), InvalidKeySet::SameId);
    }
}
