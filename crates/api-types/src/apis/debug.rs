use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Body of debugging an API.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiDebug {
    /// Body of the request, at most 2 MiB.
    pub body: Option<String>,
    /// Header lines by name.
    pub header: Option<BTreeMap<String, Vec<String>>>,
    /// A method.
    pub method: Option<String>,
    /// `DEVELOPER` or `CONSUMER`.
    pub mode: Option<String>,
    /// Path.
    pub path: Option<String>,
    /// Query parameters by name.
    pub query: Option<BTreeMap<String, Vec<String>>>,
    /// `HTTP` or `HTTPS`.
    pub scheme: Option<String>,
    /// AppKey to sign with.
    pub app_key: Option<String>,
    /// AppSecret to sign with.
    pub app_secret: Option<String>,
    /// Host name of the API.
    pub domain: Option<String>,
    /// Name of the environment.
    pub stage: Option<String>,
}

/// What a debugging call answers.
#[derive(Debug, Clone, Serialize)]
pub struct DebugView {
    /// The request as text.
    pub request: String,
    /// The response as text.
    pub response: String,
    /// How long it took, in milliseconds.
    pub latency: u64,
    /// What else there is to say.
    pub log: String,
}
