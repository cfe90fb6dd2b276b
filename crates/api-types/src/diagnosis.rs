//! Diagnosis of refused signatures; no part of the published contract.

use serde::{Deserialize, Serialize};

/// Switches the diagnosis of an API or an app.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DiagnosisSwitch {
    /// Whether refused signatures are diagnosed.
    pub enabled: Option<bool>,
}

/// How it stands.
#[derive(Debug, Serialize)]
pub struct DiagnosisSwitchView {
    /// Whether refused signatures are diagnosed.
    pub enabled: bool,
}

/// Why a request was refused.
#[derive(Debug, Serialize)]
pub struct DiagnosisView {
    /// Id of the request.
    pub request_id: String,
    /// When it was refused.
    pub time: String,
    /// The API that was called.
    pub api_id: String,
    /// The access key that it named; empty if there is no such key.
    pub access_key: String,
    /// Reason codes joined by `+`, or `unknown`.
    pub code: String,
    /// What the caller was told.
    pub sentence: String,
    /// The mistakes one by one.
    pub mistakes: Vec<MistakeView>,
    /// The canonical request as the gateway built it.
    pub canonical_request: Option<String>,
    /// The canonical request as the client signed it; null when that is not known.
    pub signed_canonical_request: Option<String>,
}

/// A mistake of the client.
#[derive(Debug, Serialize)]
pub struct MistakeView {
    /// Its reason code.
    pub code: &'static str,
    /// What happened.
    pub sentence: &'static str,
    /// What to change.
    pub remedy: &'static str,
    /// What in particular was signed.
    pub particular: Option<String>,
}
