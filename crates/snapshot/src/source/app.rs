//! Apps ("credentials"): who calls APIs of app authentication, and with what.

use super::{AccessList, Span, secret_text};
use countersign_types::{AccessKeyId, AppId, AppQuotaId, InstanceId, SecretKey, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;
use subtle::ConstantTimeEq;

/// An app ("credential") of the data plane.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct App {
    /// Its id.
    pub id: AppId,
    /// Its name.
    pub name: String,
    /// AppKey.
    pub key: AccessKeyId,
    /// AppSecret.
    #[serde(with = "secret_text")]
    pub secret: SecretKey,
    /// The AppSecret before the last reset, while it still holds.
    pub previous: Option<PreviousSecret>,
    /// Its AppCodes.
    pub codes: Vec<CodeDigest>,
    /// How many calls it may make, if that is limited.
    pub quota: Option<AppQuota>,
    /// Source addresses that it may call from.
    pub addresses: Option<AccessList>,
    /// Whether refused signatures with its key are diagnosed.
    #[serde(default)]
    pub diagnosed: bool,
}

impl App {
    /// An app with a key pair and nothing else.
    #[must_use]
    pub fn new(id: AppId, name: String, key: AccessKeyId, secret: SecretKey) -> Self {
        let (previous, codes, quota, addresses) = (None, Vec::new(), None, None);
        Self { id, name, key, secret, previous, codes, quota, addresses, diagnosed: false }
    }
}

/// An AppSecret that was replaced and holds for a while yet.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PreviousSecret {
    /// The secret.
    #[serde(with = "secret_text")]
    pub secret: SecretKey,
    /// First moment at which it no longer holds.
    pub until: Timestamp,
}

/// How many calls an app may make, over all APIs of its gateway.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppQuota {
    /// Its id.
    pub id: AppQuotaId,
    /// Most calls in one period; not 0.
    pub calls: u32,
    /// Length of a period; not 0.
    pub span: Span,
    /// When a period begins, in seconds of Unix time; with the app's first call when absent.
    pub begin: Option<u64>,
}

/// Stands for an AppCode wherever the code itself need not be known: SHA-256 over its gateway and the code. Codes have
/// 64 characters or more, so that the digest gives nothing to guess with.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CodeDigest {
    /// What it is found by.
    find: [u8; 16],
    /// What is compared in constant time, once it is found.
    compare: [u8; 16],
}

impl CodeDigest {
    /// The digest of a code on a gateway; the same code of another gateway has another one.
    #[must_use]
    pub fn of(gateway: &InstanceId, code: &[u8]) -> Self {
        // No id of a gateway holds a colon.
        let hasher = Sha256::new().chain_update(gateway.as_str()).chain_update(":").chain_update(code);
        Self::from(<[u8; 32]>::from(hasher.finalize()))
    }

    /// The half that codes are found by, in hex.
    pub(crate) fn handle(&self) -> String {
        hex::encode(self.find)
    }

    /// Whether it is the other one, in constant time.
    pub(crate) fn is(&self, other: &Self) -> bool {
        (self.find.ct_eq(&other.find) & self.compare.ct_eq(&other.compare)).into()
    }
}

impl From<[u8; 32]> for CodeDigest {
    fn from(bytes: [u8; 32]) -> Self {
        let mut halves = [[0; 16]; 2];
        halves.as_flattened_mut().copy_from_slice(&bytes);
        let [find, compare] = halves;
        Self { find, compare }
    }
}

impl fmt::Display for CodeDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode([self.find, self.compare].as_flattened()))
    }
}

impl fmt::Debug for CodeDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CodeDigest(***)")
    }
}

impl From<CodeDigest> for String {
    fn from(digest: CodeDigest) -> Self {
        digest.to_string()
    }
}

impl TryFrom<String> for CodeDigest {
    type Error = hex::FromHexError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let mut digest = [0_u8; 32];
        hex::decode_to_slice(text, &mut digest)?;
        Ok(Self::from(digest))
    }
}
