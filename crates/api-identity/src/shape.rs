//! A refusal in the shape that the client can read.

use crate::refusal::{Described, Refusal};
use countersign_api_types::iam::error::{IamError, IamV5Error, KeystoneError, KeystoneErrorBody};
use countersign_identity::Error;

/// The shape of a refusal's body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// `{"error": {"code", "message", "title"}}`
    Keystone,
    /// `{"error_msg", "error_code"}`
    Iam,
    /// The same with `request_id`.
    IamV5,
}

impl Shape {
    /// The shape is known from the version in the path; only too many access keys are always told Keystone's way,
    /// because that is what clients look for.
    pub(crate) fn of(path: &str, refusal: &Refusal) -> Self {
        if matches!(refusal, Refusal::UseCase(Error::AccessKeyLimit { .. })) {
            return Self::Keystone;
        }
        match path.split('/').nth(1) {
            Some("v3.0" | "v3-ext") => Self::Iam,
            Some("v5") => Self::IamV5,
            _ => Self::Keystone,
        }
    }

    /// The refusal in this shape.
    pub(crate) fn render(self, described: Described, request_id: &str) -> Vec<u8> {
        let Described { status, code, message, encoded_authorization_message } = described;
        let body = match self {
            Self::Keystone => {
                let title = status.canonical_reason().unwrap_or_default().to_owned();
                serde_json::to_vec(&KeystoneError {
                    error: KeystoneErrorBody { code: status.as_u16(), message, title },
                })
            }
            Self::Iam => serde_json::to_vec(&IamError { error_msg: message, error_code: code.to_owned() }),
            Self::IamV5 => serde_json::to_vec(&IamV5Error {
                error_code: code.to_owned(),
                error_msg: message,
                request_id: request_id.to_owned(),
                encoded_authorization_message,
            }),
        };
        body.expect("text and numbers")
    }
}
