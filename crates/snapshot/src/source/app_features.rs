//! Features of a gateway that decide how apps may prove who they are, beside the signature.

use serde::{Deserialize, Serialize};

/// How apps may prove who they are; by default with a signature in `Authorization` and nothing else.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppFeatures {
    /// The header that stands in for `Authorization` (feature `custom_auth_header`).
    pub header: Option<String>,
    /// `Authorization: Basic`, base64 of AppKey and AppSecret (feature `app_basic`).
    pub basic: bool,
    /// `X-HW-ID` and `X-HW-AppKey`: AppKey and AppSecret (feature `app_secret`, unless `app_api_key` is on).
    pub secret: bool,
    /// `apikey`: the AppKey alone, in a header or the query (feature `app_api_key`).
    pub api_key: bool,
    /// The header that carries a digest of key, secret and time (feature `app_jwt`).
    pub stamp_header: Option<String>,
    /// Tokens that the gateway gives for key and secret (feature `app_token`).
    pub tokens: Option<AppTokens>,
}

/// The tokens of apps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppTokens {
    /// Path of the endpoint that gives them.
    pub path: String,
    /// Seconds for which a token for calls holds.
    pub access_seconds: u32,
    /// Seconds for which a token for further tokens holds.
    pub refresh_seconds: u32,
}
