//! Gateway responses: what the answers to refused calls look like.

use countersign_types::{ResponseId, ResponseType};
use serde::{Deserialize, Serialize};

/// A set of gateway responses of a group. Types that it does not mention are answered as ever.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResponseSet {
    /// Its id.
    pub id: ResponseId,
    /// It serves the APIs that choose none.
    pub is_default: bool,
    /// The answers, at most one a type.
    pub responses: Vec<Response>,
}

/// The answer to one type of refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Response {
    /// The type.
    pub kind: ResponseType,
    /// Status; absent, the refusal keeps its own.
    pub status: Option<u16>,
    /// Body, with `$context.…` variables.
    pub body: String,
    /// Header lines, with `$context.…` variables in their values.
    pub headers: Vec<(String, String)>,
}
