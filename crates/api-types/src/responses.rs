//! Gateway responses.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Body of creating or changing a set.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResponsesCreate {
    /// Its name, 1 to 64 characters.
    pub name: Option<String>,
    /// Answers by type.
    pub responses: Option<BTreeMap<String, ResponseInfo>>,
}

/// The answer to one type, as clients write it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResponseInfo {
    /// Status, 200 to 599 but 444.
    pub status: Option<i64>,
    /// Body template.
    pub body: Option<String>,
    /// Header lines, at most 10.
    pub headers: Option<Vec<ResponseInfoHeader>>,
}

/// A header line.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResponseInfoHeader {
    /// Its name, 1 to 128 characters.
    pub key: Option<String>,
    /// Its value, 1 to 1024 characters.
    pub value: Option<String>,
}

/// A set as clients see it.
#[derive(Debug, Clone, Serialize)]
pub struct ResponsesView {
    /// Its name.
    pub name: String,
    /// The answers to all types.
    pub responses: BTreeMap<&'static str, ResponseInfoView>,
    /// Its id.
    pub id: String,
    /// Whether it serves APIs that choose none.
    pub default: bool,
    /// When it was created, RFC 3339.
    pub create_time: String,
    /// When it was changed last, RFC 3339.
    pub update_time: String,
}

/// The answer to one type as clients see it.
#[derive(Debug, Clone, Serialize)]
pub struct ResponseInfoView {
    /// Status.
    pub status: u16,
    /// Body template.
    pub body: String,
    /// Header lines.
    pub headers: Vec<ResponseInfoHeader>,
    /// Whether nobody has changed it.
    pub default: bool,
}
