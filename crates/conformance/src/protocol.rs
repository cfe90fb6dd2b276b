//! What runner and testee say to each other: one JSON object a line (conformance/README.md).

use crate::bytes::Bytes;
use serde::{Deserialize, Serialize};

/// A question of the runner.
#[derive(Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "lowercase")]
pub enum Question {
    /// Who are you? Asked first.
    Describe,
    /// Sign a request.
    Sign(Named<SignTask>),
    /// Verify a request.
    Verify(Named<VerifyTask>),
}

/// A task with the id of its vector.
#[derive(Serialize, Deserialize)]
pub struct Named<T> {
    /// Id of the vector; for messages only.
    pub id: String,
    /// What to do.
    #[serde(flatten)]
    pub task: T,
}

/// What a testee says about itself.
#[derive(Serialize, Deserialize, Clone)]
pub struct Description {
    /// Its name in tables and of its list of failures.
    pub name: String,
    /// Version of the library behind it.
    pub version: String,
    /// `sign`, `verify`.
    pub verbs: Vec<String>,
    /// The algorithm tokens that it knows.
    pub algorithms: Vec<String>,
}

/// A request to sign, and everything the signature follows from.
#[derive(Serialize, Deserialize, Clone)]
pub struct SignTask {
    /// Who signs.
    pub credential: Credential,
    /// Algorithm token.
    pub algorithm: String,
    /// Region of a scoped algorithm.
    pub region: Option<String>,
    /// Service of a scoped algorithm.
    pub service: Option<String>,
    /// Signing time, `yyyyMMddTHHmmssZ`.
    pub now: String,
    /// What is signed.
    pub request: Request,
}

/// A key pair and what accompanies it.
#[derive(Serialize, Deserialize, Clone)]
pub struct Credential {
    /// Public half.
    pub access_key: String,
    /// Secret half.
    pub secret_key: String,
    /// Token of a temporary key pair.
    pub security_token: Option<String>,
    /// Project to act in.
    pub project_id: Option<String>,
    /// Domain to act in.
    pub domain_id: Option<String>,
}

/// A request as its caller states it. Header values are text and go to the wire as UTF-8.
#[derive(Serialize, Deserialize, Clone)]
pub struct Request {
    /// Method token.
    pub method: String,
    /// Path and query as they will be sent.
    pub target: String,
    /// Names and values in order.
    pub headers: Vec<(String, String)>,
    /// The body's bytes.
    pub body: Bytes,
    /// What the signature shall say about the body.
    pub payload: Payload,
}

/// What the signature shall say about the body.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "lowercase")]
pub enum Payload {
    /// Its hash.
    Body,
    /// Nothing; `UNSIGNED-PAYLOAD` is declared.
    Unsigned,
}

/// A request to verify.
#[derive(Serialize, Deserialize, Clone)]
pub struct VerifyTask {
    /// The verifier's clock, `yyyyMMddTHHmmssZ`.
    pub now: String,
    /// The only keys there are.
    pub keys: Vec<KeyPair>,
    /// What arrived.
    pub request: Received,
}

/// A key pair the verifier knows.
#[derive(Serialize, Deserialize, Clone)]
pub struct KeyPair {
    /// Public half.
    pub access_key: String,
    /// Secret half.
    pub secret_key: String,
}

/// A request as it arrived. Each character of target and header values is one byte (latin-1).
#[derive(Serialize, Deserialize, Clone)]
pub struct Received {
    /// Method token.
    pub method: String,
    /// Path and query as they arrived.
    pub target: String,
    /// Names and values in wire order.
    pub headers: Vec<(String, String)>,
    /// The body after de-chunking.
    pub body: Bytes,
}

/// An answer of the testee; what members it has tells which one it is.
#[derive(Serialize, Deserialize, Clone)]
#[serde(untagged)]
pub enum Answer {
    /// Refused, by name.
    Refused(Refusal),
    /// The platform lacks what the vector needs.
    Unsupported {
        /// What it lacks.
        unsupported: String,
    },
    /// Who it is.
    Described(Description),
    /// Signed.
    Signed(Signed),
    /// Verified.
    Verified {
        /// Whose signature it is.
        access_key: String,
    },
}

/// A refusal by name.
#[derive(Serialize, Deserialize, Clone)]
pub struct Refusal {
    /// Name of the error (sdks/README.md).
    pub error: String,
    /// What to do about it, for people.
    #[serde(default)]
    pub message: String,
}

/// What a signer tells.
#[derive(Serialize, Deserialize, Clone)]
pub struct Signed {
    /// Headers to add.
    pub headers: Vec<(String, String)>,
    /// The canonical request, where the signer tells it.
    pub canonical_request: Option<String>,
    /// The string to sign, where the signer tells it.
    pub string_to_sign: Option<String>,
}

impl Signed {
    /// The header `Authorization` among those to add.
    #[must_use]
    pub fn authorization(&self) -> Option<&str> {
        let is_it = |(name, _): &&(String, String)| name.eq_ignore_ascii_case("authorization");
        self.headers.iter().rfind(is_it).map(|(_, value)| value.as_str())
    }

    /// The names that are signed, in the order given; none where the header tells none.
    #[must_use]
    pub fn signed_names(&self) -> Vec<&str> {
        let after = self.authorization().and_then(|text| text.split_once("SignedHeaders="));
        let names = after.and_then(|(_, rest)| rest.split_once(", ")).map(|(names, _)| names);
        names.map_or_else(Vec::new, |names| names.split(';').collect())
    }

    /// The signature within [`Signed::authorization`].
    #[must_use]
    pub fn signature(&self) -> Option<&str> {
        self.authorization()?.rsplit_once("Signature=").map(|(_, signature)| signature)
    }
}
