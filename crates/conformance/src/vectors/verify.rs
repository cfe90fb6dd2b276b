//! What a verifier must conclude (spec/vectors/verify).

use crate::bytes::Bytes;
use crate::protocol::{KeyPair, Received, VerifyTask};
use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::io::Read;

/// A file of vectors; unknown members are commentary.
#[derive(Serialize, Deserialize)]
pub struct VerifyFile {
    /// The vectors.
    pub vectors: Vec<VerifyVector>,
}

impl VerifyFile {
    /// As it lies in the repository.
    ///
    /// # Errors
    /// Practically never: everything in it can be written as JSON.
    pub fn to_text(&self) -> serde_json::Result<String> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }
}

/// One request as it arrived, and what a verifier must conclude.
#[derive(Serialize, Deserialize)]
pub struct VerifyVector {
    /// `producer/case`, or of a request derived from that.
    pub id: String,
    /// The rule that it shows, if it was made for one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// The client that sent it, or `protocol`.
    pub producer: String,
    /// How many verifiers are held to it: `strict`, `tolerant`, `optional`, `unverifiable`.
    pub tier: String,
    /// What a verifier must conclude.
    pub expect: Conclusion,
    pub(super) now: String,
    pub(super) credential: Credential,
    pub(super) wire: Wire,
}

/// What a verifier must conclude.
#[derive(Serialize, Deserialize)]
pub struct Conclusion {
    /// Verdict.
    pub result: Verdict,
    /// Class of the refusal.
    pub error: Option<String>,
}

/// The conclusions a vector may ask for.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Everybody must accept it.
    Accept,
    /// It may be accepted.
    MayAccept,
    /// It must be refused.
    Reject,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Credential {
    pub(super) ak: String,
    pub(super) sk: String,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Wire {
    pub(super) method: String,
    pub(super) target: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body_b64: Option<Bytes>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) body_gz_b64: Option<Bytes>,
}

impl VerifyVector {
    /// The task for a verifier; its key is the only one.
    ///
    /// # Errors
    /// When the vector has no readable body.
    pub fn task(&self) -> Result<VerifyTask> {
        let Wire { method, target, headers, .. } = &self.wire;
        Ok(VerifyTask {
            now: self.now.clone(),
            keys: vec![KeyPair {
                access_key: self.credential.ak.clone(),
                secret_key: self.credential.sk.clone(),
            }],
            request: Received {
                method: method.clone(),
                target: target.clone(),
                headers: headers.clone(),
                body: self.wire.body()?,
            },
        })
    }

    /// The algorithm that its header names, or what stands in place of one.
    #[must_use]
    pub fn algorithm(&self) -> Option<&str> {
        let mut lines = self.wire.headers.iter();
        let (_, value) = lines.find(|(name, _)| name.eq_ignore_ascii_case("authorization"))?;
        value.split_whitespace().next()
    }

    /// Public half of the key.
    #[must_use]
    pub fn access_key(&self) -> &str {
        &self.credential.ak
    }

    /// Column of tables: refusals are `negative`, everything else is its tier.
    #[must_use]
    pub fn class(&self) -> &str {
        if self.expect.result == Verdict::Reject { "negative" } else { &self.tier }
    }

    /// Whether a refusal by this name is of the class that the vector names. Grammar may refuse what the vector
    /// calls a mismatch where the header was broken, and a body that is not the declared one may be told by either
    /// word. A class that is no group of names is itself a name.
    #[must_use]
    pub fn admits(&self, name: &str) -> bool {
        let names: &[&str] = match self.expect.error.as_deref().unwrap_or_default() {
            "signature_mismatch" if self.tier == "unverifiable" => {
                &["Mismatch", "ContentHashMismatch", "MalformedAuthorization"]
            }
            "signature_mismatch" | "payload_hash_mismatch" => &["Mismatch", "ContentHashMismatch"],
            "expired" => &["Expired"],
            "unknown_key" => &["UnknownKey"],
            "missing_date" => &["MissingDate"],
            "bad_date" => &["BadDate"],
            "duplicate_header" => &["DuplicateHeader"],
            "malformed_authorization" => &["MalformedAuthorization", "MissingAccessKey"],
            "malformed_or_mismatch" => &["MalformedAuthorization", "Mismatch"],
            exact => return exact == name,
        };
        names.contains(&name)
    }
}

impl Wire {
    fn body(&self) -> Result<Bytes> {
        if let Some(plain) = &self.body_b64 {
            return Ok(plain.clone());
        }
        let packed = self.body_gz_b64.as_ref().context("the vector has no body")?;
        let mut body = Vec::new();
        flate2::read::GzDecoder::new(packed.0.as_slice()).read_to_end(&mut body)?;
        Ok(Bytes(body))
    }
}
