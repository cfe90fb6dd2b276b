//! The three shapes of a refusal.

use serde::Serialize;

/// Below `/v3`.
#[derive(Serialize)]
pub struct KeystoneError {
    /// Its only member.
    pub error: KeystoneErrorBody,
}

/// What happened.
#[derive(Serialize)]
pub struct KeystoneErrorBody {
    /// The HTTP status.
    pub code: u16,
    /// What happened.
    pub message: String,
    /// The name of the HTTP status.
    pub title: String,
}

/// Below `/v3.0` and `/v3-ext`.
#[derive(Serialize)]
pub struct IamError {
    /// What happened.
    pub error_msg: String,
    /// Stable code.
    pub error_code: String,
}

/// Below `/v5`.
#[derive(Serialize)]
pub struct IamV5Error {
    /// Stable code.
    pub error_code: String,
    /// What happened.
    pub error_msg: String,
    /// Id of the request, as in `X-Request-Id`.
    pub request_id: String,
    /// What was denied, sealed; only when policies denied it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoded_authorization_message: Option<String>,
}
