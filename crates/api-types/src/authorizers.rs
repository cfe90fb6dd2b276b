//! Custom authorizers.

use serde::{Deserialize, Serialize};

/// Body of creating or changing an authorizer.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthorizerCreate {
    /// Its name, 3 to 64 characters.
    pub name: Option<String>,
    /// `FRONTEND` or `BACKEND`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// `FUNC`.
    pub authorizer_type: Option<String>,
    /// URN of the function.
    pub authorizer_uri: Option<String>,
    /// `V1` or `V2`; `V1` when absent.
    pub network_type: Option<String>,
    /// Version of the function.
    pub authorizer_version: Option<String>,
    /// URN of the function's alias.
    pub authorizer_alias_uri: Option<String>,
    /// What identifies a caller.
    pub identities: Option<Vec<Identity>>,
    /// Seconds for which results hold, 0 to 3600.
    pub ttl: Option<i64>,
    /// Handed to the function.
    pub user_data: Option<String>,
    /// Listed by the contract, not used.
    pub ld_api_id: Option<String>,
    /// Whether the function sees the body.
    pub need_body: Option<bool>,
}

/// A part of the request that identifies the caller.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// Its name there.
    pub name: Option<String>,
    /// `HEADER` or `QUERY`.
    pub location: Option<String>,
    /// A regular expression.
    pub validation: Option<String>,
}

/// An authorizer as clients see it.
#[derive(Debug, Clone, Serialize)]
pub struct AuthorizerView {
    /// Its name.
    pub name: String,
    /// `FRONTEND` or `BACKEND`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Always `FUNC`.
    pub authorizer_type: &'static str,
    /// URN of the function.
    pub authorizer_uri: String,
    /// `V1` or `V2`.
    pub network_type: &'static str,
    /// Version of the function.
    pub authorizer_version: String,
    /// URN of the function's alias.
    pub authorizer_alias_uri: String,
    /// What identifies a caller.
    pub identities: Vec<IdentityView>,
    /// Seconds for which results hold.
    pub ttl: u32,
    /// Handed to the function.
    pub user_data: String,
    /// Not used.
    pub ld_api_id: String,
    /// Whether the function sees the body.
    pub need_body: bool,
    /// Its id.
    pub id: String,
    /// When it was created, RFC 3339.
    pub create_time: String,
    /// Not used.
    pub roma_app_id: String,
    /// Not used.
    pub roma_app_name: String,
}

/// A part of the request that identifies the caller, as clients see it.
#[derive(Debug, Clone, Serialize)]
pub struct IdentityView {
    /// Its name there.
    pub name: String,
    /// `HEADER` or `QUERY`.
    pub location: &'static str,
    /// A regular expression; empty when there is none.
    pub validation: String,
}
