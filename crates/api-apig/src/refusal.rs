//! Why a request was refused before or instead of its use-case, and what the client is told.

use crate::contract::{Family, Operation};
use countersign_api_edge::{Refused, Unread};
use countersign_api_types::ErrorBody;
use countersign_control::Error;
use countersign_identity::Unauthenticated;
use http::StatusCode;

/// Everything that can go wrong with a request.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// Nobody was authenticated.
    Caller(Refused),
    /// A token that names no project.
    NoProject,
    /// The project is not the caller's, or nothing allows the operation there.
    Forbidden,
    /// The caller's user or project is not to be served at the moment.
    Barred(countersign_identity::Error),
    /// There is no whole body.
    Unread(Unread),
    /// The path is not text after percent-decoding.
    BadPath,
    /// An operation of the contract that has no endpoint yet.
    NotBuilt(&'static str),
    /// A thread ended abnormally.
    Fault(tokio::task::JoinError),
    /// The identity service failed.
    Identity(countersign_identity::Error),
    /// The use-case refused or failed.
    UseCase(Error),
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::UseCase(error)
    }
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Identity(error) => error.into(),
            other => Self::Caller(other),
        }
    }
}

impl From<countersign_identity::Error> for Refusal {
    fn from(error: countersign_identity::Error) -> Self {
        use countersign_identity::Error as Identity;
        match error {
            Identity::Forbidden | Identity::NotAllowed { .. } => Self::Forbidden,
            Identity::Unauthenticated(reason) => Self::Caller(reason.into()),
            Identity::ConsoleOnly | Identity::UserDisabled { .. } | Identity::ProjectSuspended => {
                Self::Barred(error)
            }
            fault => Self::Identity(fault),
        }
    }
}

/// Status, code and text of a refusal.
pub(crate) type Told = (StatusCode, ErrorBody);

impl Refusal {
    /// The cause, when the fault is ours and belongs into the log.
    pub(crate) fn fault(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Fault(cause) => Some(cause),
            Self::Identity(cause) => Some(cause),
            Self::UseCase(cause) if cause.code().is_none() => Some(cause),
            _ => None,
        }
    }

    /// What the client is told; causes that are ours are not.
    pub(crate) fn describe(&self, operation: &Operation) -> Told {
        let family = operation.family;
        match self {
            Self::Caller(refused) => family.unauthenticated(refused),
            Self::NoProject => family.without_project(),
            Self::Forbidden => family.forbidden(),
            Self::Barred(error) => describe_barred(error),
            Self::Unread(unread) => describe_unread(*unread),
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
            Self::UseCase(Error::Store(_) | Error::Vault(_)) | Self::Identity(_) | Self::Fault(_) => {
                family.fault()
            }
        }
    }
}

/// The published codes and texts of each family.
impl Family {
    const fn pick<T: Copy>(self, apig: T, apic: T) -> T {
        match self {
            Self::Apig => apig,
            Self::Apic => apic,
        }
    }

    fn unauthenticated(self, refused: &Refused) -> Told {
        match refused {
            Refused::Missing => {
                let message = "Token missing. Log in again or try again later.";
                unauthorized(self.pick("APIG.1000", "APIC.7100"), message)
            }
            Refused::Identity(countersign_identity::Error::Unauthenticated(Unauthenticated::Token(
                countersign_token::Error::Expired,
            ))) => {
                let message =
                    self.pick("Session expired. Please try again later.", "Token expired. Try again later.");
                unauthorized(self.pick("APIG.1001", "APIC.7101"), message)
            }
            other => {
                let message = format!("Incorrect token or token resolution failed: {}", reason(other));
                unauthorized(self.pick("APIG.1002", "APIC.7102"), message)
            }
        }
    }

    fn without_project(self) -> Told {
        unauthorized(self.pick("APIG.1003", "APIC.7103"), "Token contains no project information.")
    }

    fn forbidden(self) -> Told {
        let message =
            self.pick("No permissions to request this method", "No permissions to request for the method");
        body(StatusCode::FORBIDDEN, self.pick("APIG.1005", "APIC.7106"), message)
    }

    fn fault(self) -> Told {
        let message = self.pick("System error", "Failed to request internal service");
        body(StatusCode::INTERNAL_SERVER_ERROR, self.pick("APIG.9999", "APIC.9000"), message)
    }
}

/// Why a credential does not hold, in the words of the service that checks it.
fn reason(refused: &Refused) -> String {
    match refused {
        Refused::Signature(countersign_verify::Error::Mismatch { canonical_request }) => {
            let echo = canonical_request.replace('\n', "|");
            format!("verify aksk signature fail, canonicalRequest:{echo}")
        }
        Refused::Identity(countersign_identity::Error::Unauthenticated(Unauthenticated::Stale)) => {
            "The token must be updated".to_owned()
        }
        other => other.to_string(),
    }
}

/// The same codes on every plane.
fn describe_barred(error: &countersign_identity::Error) -> Told {
    let (code, message) = match error {
        countersign_identity::Error::ProjectSuspended => {
            ("APIG.0310", "The project is unavailable.".to_owned())
        }
        countersign_identity::Error::ConsoleOnly => {
            ("IAM.0081", "This user only supports console access, not programmatic access.".to_owned())
        }
        other => ("IAM.0080", other.to_string()),
    };
    body(StatusCode::FORBIDDEN, code, message)
}

fn describe_unread(unread: Unread) -> Told {
    match unread {
        Unread::TooLarge => {
            body(StatusCode::PAYLOAD_TOO_LARGE, "COUNTERSIGN.0413", "Request entity too large.")
        }
        Unread::Timeout => {
            body(StatusCode::REQUEST_TIMEOUT, "COUNTERSIGN.0408", "The request body did not arrive in time.")
        }
        Unread::Truncated => {
            body(StatusCode::BAD_REQUEST, "COUNTERSIGN.0400", "The request body is incomplete.")
        }
    }
}

/// No operation of the contract has this path.
pub(crate) fn unknown_path() -> Told {
    body(StatusCode::NOT_FOUND, "COUNTERSIGN.0404", "The management API has no such path.")
}

/// Operations have this path, but none with this method.
pub(crate) fn unknown_method() -> Told {
    let message = "The management API has this path, but not with this method.";
    body(StatusCode::METHOD_NOT_ALLOWED, "COUNTERSIGN.0405", message)
}

fn unauthorized(code: &str, message: impl Into<String>) -> Told {
    body(StatusCode::UNAUTHORIZED, code, message)
}

fn body(status: StatusCode, code: &str, message: impl Into<String>) -> Told {
    (status, ErrorBody { error_code: code.to_owned(), error_msg: message.into() })
}
