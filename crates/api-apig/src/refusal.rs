//! Why a request was refused before or instead of its use-case, and what the client is told.

use crate::contract::{Family, Operation};
use countersign_api_edge::Unread;
use countersign_api_types::ErrorBody;
use countersign_control::Error;
use http::StatusCode;

/// Everything that can go wrong with a request.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// No signature of the family at all.
    Unauthenticated,
    /// The signature does not hold; the text says why.
    BadSignature(String),
    /// Signed well, but the project is not the caller's.
    Forbidden,
    /// There is no whole body.
    Unread(Unread),
    /// The path is not text after percent-decoding.
    BadPath,
    /// An operation of the contract that has no endpoint yet.
    NotBuilt(&'static str),
    /// The handler ended abnormally.
    Fault(tokio::task::JoinError),
    /// The use-case refused or failed.
    UseCase(Error),
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::UseCase(error)
    }
}

impl Refusal {
    /// The cause, when the fault is ours and belongs into the log.
    pub(crate) fn fault(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Fault(cause) => Some(cause),
            Self::UseCase(cause) if cause.code().is_none() => Some(cause),
            _ => None,
        }
    }

    /// Status and body; causes that are ours are not told to clients.
    pub(crate) fn describe(&self, operation: &Operation) -> (StatusCode, ErrorBody) {
        let pick = |apig, apic| match operation.family {
            Family::Apig => apig,
            Family::Apic => apic,
        };
        match self {
            Self::Unauthenticated => {
                let message = "Token missing. Log in again or try again later.";
                body(StatusCode::UNAUTHORIZED, pick("APIG.1000", "APIC.7100"), message)
            }
            Self::BadSignature(reason) => {
                let message = format!("Incorrect token or token resolution failed: {reason}");
                body(StatusCode::UNAUTHORIZED, pick("APIG.1002", "APIC.7102"), message)
            }
            Self::Forbidden => {
                let message =
                    pick("No permissions to request this method", "No permissions to request for the method");
                body(StatusCode::FORBIDDEN, pick("APIG.1005", "APIC.7106"), message)
            }
            Self::Unread(Unread::TooLarge) => {
                body(StatusCode::PAYLOAD_TOO_LARGE, "COUNTERSIGN.0413", "Request entity too large.")
            }
            Self::Unread(Unread::Timeout) => body(
                StatusCode::REQUEST_TIMEOUT,
                "COUNTERSIGN.0408",
                "The request body did not arrive in time.",
            ),
            Self::Unread(Unread::Truncated) => {
                body(StatusCode::BAD_REQUEST, "COUNTERSIGN.0400", "The request body is incomplete.")
            }
            Self::BadPath => {
                body(StatusCode::BAD_REQUEST, "COUNTERSIGN.0400", "The request path is not valid UTF-8.")
            }
            Self::NotBuilt(operation) => {
                let message =
                    format!("The operation {operation} is not implemented yet; see docs/compatibility.md.");
                body(StatusCode::NOT_IMPLEMENTED, "COUNTERSIGN.0501", message)
            }
            Self::UseCase(Error::Refused { status, code, message }) => {
                let code = if *code == Error::INVALID { operation.invalid } else { code };
                body(StatusCode::from_u16(*status).unwrap_or(StatusCode::BAD_REQUEST), code, message)
            }
            Self::UseCase(Error::Store(_) | Error::Vault(_)) | Self::Fault(_) => {
                let message = pick("System error", "Failed to request internal service");
                body(StatusCode::INTERNAL_SERVER_ERROR, pick("APIG.9999", "APIC.9000"), message)
            }
        }
    }
}

/// No operation of the contract has this path.
pub(crate) fn unknown_path() -> (StatusCode, ErrorBody) {
    body(StatusCode::NOT_FOUND, "COUNTERSIGN.0404", "The management API has no such path.")
}

/// Operations have this path, but none with this method.
pub(crate) fn unknown_method() -> (StatusCode, ErrorBody) {
    let message = "The management API has this path, but not with this method.";
    body(StatusCode::METHOD_NOT_ALLOWED, "COUNTERSIGN.0405", message)
}

fn body(status: StatusCode, code: &str, message: impl Into<String>) -> (StatusCode, ErrorBody) {
    (status, ErrorBody { error_code: code.to_owned(), error_msg: message.into() })
}
