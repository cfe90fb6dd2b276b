//! Keys that tokens are made with.

use super::EVERYWHERE;
use countersign_store::Document;
use countersign_types::Timestamp;
use serde::{Deserialize, Serialize};

/// A token key.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TokenKeyRecord {
    /// Counts up from 1.
    pub number: u32,
    /// Decimal form of `number`: address of the record.
    pub(crate) id: String,
    /// The secret as hex, sealed under [`TokenKeyRecord::context`].
    pub sealed_secret: String,
    /// What it is used for now.
    pub state: TokenKeyState,
    /// When it was made and staged. Records of old that do not say are due for rotation.
    #[serde(default = "long_ago")]
    pub made: Timestamp,
}

fn long_ago() -> Timestamp {
    Timestamp::from_unix(0)
}

/// The life of a token key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenKeyState {
    /// Known to every verifier before the first token made with it.
    Staged,
    /// Makes tokens.
    Active,
    /// Verifies what it made until the last of it has expired.
    Retiring {
        /// When that is.
        until: Timestamp,
    },
}

impl TokenKeyRecord {
    /// What the sealed secret is bound to.
    #[must_use]
    pub fn context(number: u32) -> String {
        format!("token_key/{number}")
    }
}

impl Document for TokenKeyRecord {
    const KIND: &'static str = "token_key";
    fn scope(&self) -> &str {
        EVERYWHERE
    }
    fn id(&self) -> &str {
        &self.id
    }
}
