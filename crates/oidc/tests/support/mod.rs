//! An identity provider of the test's own: keys of every kind, and tokens signed with them, honest or not.
#![allow(dead_code, reason = "each test file needs a part of it")]

use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeySize, PublicKeyComponents};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, EcdsaSigningAlgorithm,
    Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RSA_PSS_SHA512, RsaEncoding, RsaKeyPair,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

/// A key pair.
pub(crate) enum Key {
    Rsa(RsaKeyPair, &'static dyn RsaEncoding),
    Ec(EcdsaKeyPair),
    Ed(Ed25519KeyPair),
    /// No key at all: an HMAC with bytes that everybody knows.
    Known(Vec<u8>),
    /// No signature.
    Nothing,
}

pub(crate) fn rs256() -> Key {
    Key::Rsa(RsaKeyPair::generate(KeySize::Rsa2048).unwrap(), &RSA_PKCS1_SHA256)
}

pub(crate) fn ps512() -> Key {
    Key::Rsa(RsaKeyPair::generate(KeySize::Rsa2048).unwrap(), &RSA_PSS_SHA512)
}

pub(crate) fn es256() -> Key {
    ec(&ECDSA_P256_SHA256_FIXED_SIGNING)
}

pub(crate) fn es384() -> Key {
    ec(&ECDSA_P384_SHA384_FIXED_SIGNING)
}

pub(crate) fn ed25519() -> Key {
    Key::Ed(Ed25519KeyPair::generate().unwrap())
}

fn ec(algorithm: &'static EcdsaSigningAlgorithm) -> Key {
    Key::Ec(EcdsaKeyPair::generate(algorithm).unwrap())
}

impl Key {
    /// The public half as an entry of a key set.
    pub(crate) fn public(&self, id: &str, alg: &str) -> Value {
        let mut key = match self {
            Self::Rsa(pair, _) => {
                let public: PublicKeyComponents<Vec<u8>> = pair.public_key().into();
                json!({"kty": "RSA", "n": encode(&public.n), "e": encode(&public.e)})
            }
            Self::Ec(pair) => {
                let point = &pair.public_key().as_ref()[1..];
                let (x, y) = point.split_at(point.len() / 2);
                let curve = if x.len() == 32 { "P-256" } else { "P-384" };
                json!({"kty": "EC", "crv": curve, "x": encode(x), "y": encode(y)})
            }
            Self::Ed(pair) => {
                json!({"kty": "OKP", "crv": "Ed25519", "x": encode(pair.public_key().as_ref())})
            }
            Self::Known(_) | Self::Nothing => unreachable!("nothing to publish"),
        };
        key["kid"] = json!(id);
        key["use"] = json!("sig");
        key["alg"] = json!(alg);
        key
    }

    /// The uncompressed point or modulus: what an attacker knows of the key.
    pub(crate) fn public_bytes(&self) -> Vec<u8> {
        match self {
            Self::Rsa(pair, _) => pair.public_key().modulus().big_endian_without_leading_zero().to_vec(),
            Self::Ec(pair) => pair.public_key().as_ref().to_vec(),
            Self::Ed(pair) => pair.public_key().as_ref().to_vec(),
            Self::Known(_) | Self::Nothing => Vec::new(),
        }
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match self {
            Self::Rsa(pair, padding) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(*padding, &random, message, &mut signature).unwrap();
                signature
            }
            Self::Ec(pair) => pair.sign(&random, message).unwrap().as_ref().to_vec(),
            Self::Ed(pair) => pair.sign(message).as_ref().to_vec(),
            Self::Known(secret) => {
                hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret), message).as_ref().to_vec()
            }
            Self::Nothing => Vec::new(),
        }
    }

    /// A token of exactly these bytes.
    pub(crate) fn token(&self, header: &[u8], payload: &[u8]) -> String {
        let message = format!("{}.{}", encode(header), encode(payload));
        let signature = encode(&self.sign(message.as_bytes()));
        format!("{message}.{signature}")
    }

    /// A token of these claims.
    pub(crate) fn issue(&self, id: &str, alg: &str, claims: &Value) -> String {
        let header = json!({"alg": alg, "kid": id, "typ": "JWT"});
        self.token(header.to_string().as_bytes(), claims.to_string().as_bytes())
    }
}

fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
