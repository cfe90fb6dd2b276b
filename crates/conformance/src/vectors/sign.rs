//! What a signer must produce (spec/vectors/sign).

use crate::protocol::{SignTask, Signed};
use serde::{Deserialize, Serialize};

/// A file of vectors; unknown members are commentary.
#[derive(Serialize, Deserialize)]
pub struct SignFile {
    /// The vectors.
    pub vectors: Vec<SignVector>,
}

impl SignFile {
    /// As it lies in the repository.
    ///
    /// # Errors
    /// Practically never: everything in it can be written as JSON.
    pub fn to_text(&self) -> serde_json::Result<String> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }
}

/// One task and its only right answer.
#[derive(Serialize, Deserialize)]
pub struct SignVector {
    /// Kebab-case, method first.
    pub id: String,
    /// The rule that it shows.
    pub about: String,
    /// What is asked.
    #[serde(flatten)]
    pub task: SignTask,
    /// What must come.
    pub expect: Expectation,
}

/// What must come.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub enum Expectation {
    /// A refusal by this name.
    Error {
        /// Name of sdks/README.md.
        error: String,
    },
    /// A signature, with everything between request and signature.
    Signature {
        /// Headers to add, in order, `Authorization` last.
        headers: Vec<(String, String)>,
        /// As UTF-8 text, LF-separated.
        canonical_request: String,
        /// LF-separated.
        string_to_sign: String,
        /// Lower-case hex; of a curve one of many, as clients draw their nonces at random.
        signature: String,
    },
}

impl Expectation {
    /// The right answer; of a refusal, one without headers.
    #[must_use]
    pub(crate) fn signed(&self) -> Signed {
        match self {
            Self::Error { .. } => Signed { headers: vec![], canonical_request: None, string_to_sign: None },
            Self::Signature { headers, canonical_request, string_to_sign, .. } => Signed {
                headers: headers.clone(),
                canonical_request: Some(canonical_request.clone()),
                string_to_sign: Some(string_to_sign.clone()),
            },
        }
    }
}
