//! AppCodes and AI API keys: secrets of an app that alone prove who calls. They have no `Debug`.

use serde::{Deserialize, Serialize};

/// Body of creating an AppCode.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppCodeCreate {
    /// The code, 64 to 180 characters.
    pub app_code: Option<String>,
}

/// An AppCode as its owner sees it.
#[derive(Serialize)]
pub struct AppCodeView {
    /// The code.
    pub app_code: String,
    /// Its id.
    pub id: String,
    /// Its app.
    pub app_id: String,
    /// When it was created, RFC 3339.
    pub create_time: String,
}

/// Body of creating an AI API key.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AiApiKeyCreate {
    /// The key, 8 to 128 characters.
    pub ai_api_key: Option<String>,
    /// Another name for it, 1 to 100 characters.
    pub alias: Option<String>,
}

/// An AI API key as its owner sees it.
#[derive(Serialize)]
pub struct AiApiKeyView {
    /// The key.
    pub ai_api_key: String,
    /// Another name for it.
    pub alias: String,
    /// Its app.
    pub app_id: String,
    /// When it was created, RFC 3339.
    pub create_time: String,
    /// Its id.
    pub id: String,
}
