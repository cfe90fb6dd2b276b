//! Custom authorizers: functions that say whether a call may pass.

use super::Location;
use countersign_types::AuthorizerId;
use serde::{Deserialize, Serialize};

/// A custom authorizer; its settings are live, only the definitions that name it are frozen.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authorizer {
    /// Its id.
    pub id: AuthorizerId,
    /// Where its function answers, `http://…` or `https://…`. `None` when the installation has no such function: then
    /// every call that needs it is refused.
    pub url: Option<String>,
    /// What a request must show to be asked about.
    pub identities: Vec<IdentitySource>,
    /// For how many seconds a result holds; 0 asks for every call.
    pub ttl_seconds: u32,
    /// Handed to the function as it is.
    pub user_data: String,
    /// Whether the function sees the body.
    pub takes_body: bool,
    /// What values of the context may be.
    pub context: ContextValues,
    /// Whole exchange with the function, in milliseconds.
    pub timeout_ms: u32,
}

/// A part of the request that identifies the caller.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentitySource {
    /// Its name there.
    pub name: String,
    /// A header line or the query, never the path.
    pub location: Location,
    /// A regular expression that the whole value must match.
    pub pattern: Option<String>,
}

/// What values of an authorizer's context may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContextValues {
    /// Texts only.
    Texts,
    /// Numbers and booleans too, as their texts (feature `authorizer_context_support_num_bool`).
    Scalars,
}

/// On which side of the gateway an authorizer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// It decides on callers.
    Frontend,
    /// It decides on what goes to a backend.
    Backend,
}
