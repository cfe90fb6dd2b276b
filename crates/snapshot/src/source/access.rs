//! Access control lists as they are bound to an API or belong to an app; live, not frozen.

use serde::{Deserialize, Serialize};

/// Who may call a published API, as far as lists say so.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Access {
    /// By source address; entries as in [`crate::AddressSet::parse`].
    pub addresses: Option<AccessList>,
    /// By the name of the caller's account.
    pub account_names: Option<AccessList>,
    /// By the id of the caller's account.
    pub account_ids: Option<AccessList>,
}

/// A list of those who may, or of those who may not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessList {
    /// What it means to be on the list.
    pub rule: Rule,
    /// Who is; never empty.
    pub entries: Vec<String>,
}

/// What it means to be on a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Only who is on the list may call (`PERMIT`).
    Permit,
    /// Everyone else may call (`DENY`).
    Deny,
}
