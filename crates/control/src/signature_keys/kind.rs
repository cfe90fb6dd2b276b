//! Types of signature keys, and what the two halves of each look like.

use crate::Error;
use crate::validate::{check, is_word, required};
use serde::{Deserialize, Serialize};

/// What a signature key puts into requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The same signature that clients give: `SDK-HMAC-SHA256`.
    Hmac,
    /// User name and password.
    Basic,
    /// A signature with a private key.
    PublicKey,
    /// Something encrypted.
    Aes(AesMode),
}

/// Algorithm of [`Kind::Aes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AesMode {
    /// `aes-128-cfb`
    Cfb128,
    /// `aes-256-cfb`
    Cfb256,
}

/// Characters between the letters and digits of a half.
const KEY: &str = "_-";
const SECRET: &str = "_-!@#$%";
const PUBLIC_KEY: &str = "_-+/=";
const LONG_SECRET: &str = "_-!@#$%+/=";

impl Kind {
    /// The type and algorithm that a request names.
    ///
    /// # Errors
    /// Another type; another algorithm, none for `aes`, or one for any other type.
    pub fn parse(sign_type: Option<&str>, algorithm: Option<&str>) -> Result<Self, Error> {
        let kind = match sign_type.unwrap_or("hmac") {
            "hmac" => Self::Hmac,
            "basic" => Self::Basic,
            "public_key" => Self::PublicKey,
            "aes" => return AesMode::parse(required("sign_algorithm", algorithm)?).map(Self::Aes),
            _ => return Err(Error::invalid("sign_type")),
        };
        check("sign_algorithm", algorithm.is_none())?;
        Ok(kind)
    }

    /// Its name in the contract.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hmac => "hmac",
            Self::Basic => "basic",
            Self::PublicKey => "public_key",
            Self::Aes(_) => "aes",
        }
    }

    /// The name of its algorithm in the contract; empty for all types but `aes`.
    #[must_use]
    pub const fn algorithm(self) -> &'static str {
        match self {
            Self::Aes(AesMode::Cfb128) => "aes-128-cfb",
            Self::Aes(AesMode::Cfb256) => "aes-256-cfb",
            Self::Hmac | Self::Basic | Self::PublicKey => "",
        }
    }

    /// Passes when the text can be the public half.
    pub(super) fn check_key(self, key: &str) -> Result<(), Error> {
        let fits = match self {
            Self::Hmac => is_half(key, (8, 32), "", KEY),
            Self::Basic => {
                is_half(key, (4, 32), "", KEY) && key.starts_with(|c: char| c.is_ascii_alphabetic())
            }
            Self::PublicKey => is_half(key, (8, 512), "+/", PUBLIC_KEY),
            Self::Aes(mode) => is_half(key, (mode.key_chars(), mode.key_chars()), "+/", LONG_SECRET),
        };
        check("sign_key", fits)
    }

    /// Passes when the text can be the secret half; of `aes`, the initialization vector.
    pub(super) fn check_secret(self, secret: &str) -> Result<(), Error> {
        let fits = match self {
            Self::Hmac => is_half(secret, (16, 64), "", SECRET),
            Self::Basic => is_half(secret, (8, 64), "", SECRET),
            Self::PublicKey => is_half(secret, (16, 2048), "+/", LONG_SECRET),
            Self::Aes(_) => is_half(secret, (16, 16), "+/", LONG_SECRET),
        };
        check("sign_secret", fits)
    }

    /// A public half from 32 random hex digits; `None` when it cannot be made of them.
    pub(super) fn key_of(self, hex: &str) -> Option<String> {
        match self {
            Self::Hmac => Some(hex.to_owned()),
            // The first character must be a letter.
            Self::Basic => Some(format!("k{}", hex.get(1..)?)),
            Self::PublicKey => None,
            Self::Aes(mode) => Some(hex.get(..mode.key_chars())?.to_owned()),
        }
    }

    /// A secret half from 32 random hex digits; `None` when it cannot be made of them.
    pub(super) fn secret_of(self, hex: &str) -> Option<&str> {
        match self {
            Self::Hmac | Self::Basic => Some(hex),
            Self::PublicKey => None,
            Self::Aes(_) => hex.get(..16),
        }
    }
}

impl AesMode {
    fn parse(name: &str) -> Result<Self, Error> {
        match name {
            "aes-128-cfb" => Ok(Self::Cfb128),
            "aes-256-cfb" => Ok(Self::Cfb256),
            _ => Err(Error::invalid("sign_algorithm")),
        }
    }

    const fn key_chars(self) -> usize {
        match self {
            Self::Cfb128 => 16,
            Self::Cfb256 => 32,
        }
    }
}

/// Letters, digits and some other characters, of which fewer may come first.
fn is_half(text: &str, length: (usize, usize), first: &str, others: &str) -> bool {
    let is = |c: char, others: &str| c.is_ascii_alphanumeric() || others.contains(c);
    is_word(text, length, |c| is(c, first), |c| is(c, others))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEX: &str = "0123456789abcdef0123456789abcdef";

    #[test]
    fn what_is_made_up_fits_its_type() {
        for kind in [Kind::Hmac, Kind::Basic, Kind::Aes(AesMode::Cfb128), Kind::Aes(AesMode::Cfb256)] {
            kind.check_key(&kind.key_of(HEX).unwrap()).unwrap();
            kind.check_secret(kind.secret_of(HEX).unwrap()).unwrap();
        }
        assert!(Kind::PublicKey.key_of(HEX).is_none() && Kind::PublicKey.secret_of(HEX).is_none());
    }

    #[test]
    fn keys_have_the_lengths_and_characters_of_their_type() {
        let long = |count| "a".repeat(count);
        for (kind, good, bad) in [
            (Kind::Hmac, [long(8), long(32), "1_-abcde".into()], [long(7), long(33), "_abcdefg".into()]),
            (Kind::Basic, [long(4), long(32), "a_-1".into()], [long(3), long(33), "1abc".into()]),
            (
                Kind::PublicKey,
                [long(8), long(512), "+/=_-abc".into()],
                [long(7), long(513), "=abcdefg".into()],
            ),
            (
                Kind::Aes(AesMode::Cfb128),
                [long(16), "/!@#$%+/=_-abcde".into(), "0".repeat(16)],
                [long(15), long(17), "!abcdefghijklmno".into()],
            ),
            (
                Kind::Aes(AesMode::Cfb256),
                [long(32), "1".repeat(32), format!("+{}", long(31))],
                [long(16), long(33), long(31) + " "],
            ),
        ] {
            good.iter().for_each(|key| kind.check_key(key).unwrap());
            bad.iter().for_each(|key| assert!(kind.check_key(key).is_err(), "{kind:?} {key}"));
        }
    }

    #[test]
    fn secrets_have_the_lengths_and_characters_of_their_type() {
        let long = |count| "a".repeat(count);
        for (kind, good, bad) in [
            (
                Kind::Hmac,
                [long(16), "1!@#$%_-abcdefgh".into()],
                [long(15), long(65), "!abcdefghijklmnop".into()],
            ),
            (Kind::Basic, [long(8), long(64)], [long(7), long(65), "with blank".into()]),
            (Kind::PublicKey, [long(16), long(2048)], [long(15), long(2049), "-".repeat(16)]),
            (
                Kind::Aes(AesMode::Cfb256),
                [long(16), "+/=!abcdefghijkl".into()],
                [long(15), long(17), "é".repeat(16)],
            ),
        ] {
            good.iter().for_each(|secret| kind.check_secret(secret).unwrap());
            bad.iter().for_each(|secret| assert!(kind.check_secret(secret).is_err(), "{kind:?} {secret}"));
        }
    }

    #[test]
    fn an_algorithm_belongs_to_aes_and_aes_needs_one() {
        let code =
            |sign_type, algorithm| Kind::parse(sign_type, algorithm).map_err(|error| error.code().unwrap());
        assert_eq!(code(None, None), Ok(Kind::Hmac));
        assert_eq!(code(Some("aes"), Some("aes-256-cfb")), Ok(Kind::Aes(AesMode::Cfb256)));
        assert_eq!(code(Some("aes"), None), Err("APIG.2001"));
        assert_eq!(code(Some("aes"), Some("aes-256-gcm")), Err(Error::INVALID));
        assert_eq!(code(Some("basic"), Some("aes-128-cfb")), Err(Error::INVALID));
        assert_eq!(code(Some("rsa"), None), Err(Error::INVALID));
    }
}
