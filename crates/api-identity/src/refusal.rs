//! Why a request was refused, and what the client is told.

use countersign_api_edge::{Refused, Unread};
use countersign_identity::{Error, Unauthenticated};
use http::StatusCode;

/// Everything that can go wrong with a request.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// Nobody was authenticated.
    Caller(Refused),
    /// There is no body.
    Unread(Unread),
    /// The body does not follow the contract; the text says where.
    Body(String),
    /// A member of a role is not as the contract has it: code and text of its error table.
    Role(&'static str, String),
    /// The path is not text after percent-decoding.
    BadPath,
    /// No operation of the contract has this path.
    UnknownPath,
    /// Operations have this path, but none with this method.
    UnknownMethod,
    /// An operation of the contract that has no endpoint yet.
    NotBuilt(&'static str),
    /// Policies do not allow it, and the path is one where the client gets a message about that.
    Denied {
        /// What was asked for.
        action: String,
        /// What was denied to whom, sealed.
        message: String,
    },
    /// The handler ended abnormally.
    Fault(tokio::task::JoinError),
    /// The use-case refused or failed.
    UseCase(Error),
}

/// A member that does not hold what it must.
pub(crate) fn invalid(field: &'static str, reason: &'static str) -> Refusal {
    Refusal::UseCase(Error::Invalid { field, reason })
}

/// What a client is told.
pub(crate) struct Described {
    pub(crate) status: StatusCode,
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) encoded_authorization_message: Option<String>,
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::UseCase(error)
    }
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Identity(error) => Self::UseCase(error),
            other => Self::Caller(other),
        }
    }
}

impl Refusal {
    /// The cause, when the fault is ours and belongs into the log.
    pub(crate) fn fault(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Fault(cause) => Some(cause),
            Self::UseCase(cause) if is_fault(cause) => Some(cause),
            _ => None,
        }
    }

    /// Status, code and message; causes that are ours are not told to clients.
    pub(crate) fn describe(&self) -> Described {
        match self {
            Self::Caller(refused) => describe_refused(refused),
            Self::UseCase(error) => describe_error(error),
            Self::Denied { action, message } => Described {
                encoded_authorization_message: Some(message.clone()),
                ..describe(
                    StatusCode::FORBIDDEN,
                    "PAP5.0001",
                    format!("access denied: no policy allows {action}"),
                )
            },
            Self::Fault(_) => fault(),
            Self::Unread(unread) => describe_unread(*unread),
            Self::Body(reason) => describe(
                StatusCode::BAD_REQUEST,
                "IAM.0011",
                format!("The request body is invalid: {reason}"),
            ),
            Self::Role(code, message) => describe(StatusCode::BAD_REQUEST, code, message.clone()),
            Self::BadPath => {
                describe(StatusCode::BAD_REQUEST, "IAM.0007", "The request path is not valid UTF-8.")
            }
            Self::UnknownPath => {
                describe(StatusCode::NOT_FOUND, "IAM.0004", "The identity API has no such path.")
            }
            Self::UnknownMethod => {
                let message = "The identity API has this path, but not with this method.";
                describe(StatusCode::METHOD_NOT_ALLOWED, "COUNTERSIGN.0405", message)
            }
            Self::NotBuilt(operation) => {
                let message = format!(
                    "The operation {operation} is not implemented yet; see docs/compatibility-identity.md."
                );
                describe(StatusCode::NOT_IMPLEMENTED, "COUNTERSIGN.0501", message)
            }
        }
    }
}

fn describe_refused(refused: &Refused) -> Described {
    let unauthorized = |code, message: String| describe(StatusCode::UNAUTHORIZED, code, message);
    match refused {
        Refused::Missing => {
            unauthorized("IAM.0001", "The request you have made requires authentication.".into())
        }
        Refused::Ambiguous => {
            let message = "The request carries more than one credential: send either one X-Auth-Token or one signature.";
            describe(StatusCode::BAD_REQUEST, "IAM.0007", message)
        }
        Refused::Signature(countersign_verify::Error::Mismatch { canonical_request }) => {
            let echo = canonical_request.replace('\n', "|");
            unauthorized("IAM.0001", format!("verify aksk signature fail, canonicalRequest:{echo}"))
        }
        Refused::Signature(error) => unauthorized("IAM.0001", error.to_string()),
        Refused::UnknownKey(_) | Refused::SecurityToken => unauthorized("IAM.0001", refused.to_string()),
        Refused::Identity(error) => describe_error(error),
    }
}

fn describe_error(error: &Error) -> Described {
    match error {
        Error::Unauthenticated(reason) => describe_unauthenticated(*reason),
        Error::Forbidden => {
            describe(StatusCode::FORBIDDEN, "IAM.0002", "You have no right to do this action")
        }
        Error::ProjectSuspended => {
            describe(StatusCode::FORBIDDEN, "APIG.0310", "The project is unavailable.")
        }
        Error::ConsoleOnly => describe(
            StatusCode::FORBIDDEN,
            "IAM.0081",
            "This user only supports console access, not programmatic access.",
        ),
        Error::UserDisabled { user, access_key } => describe(
            StatusCode::FORBIDDEN,
            "IAM.0080",
            format!("The user {user} with access key {access_key} is disabled."),
        ),
        Error::NotAllowed { action, .. } => describe(
            StatusCode::FORBIDDEN,
            "IAM.0003",
            format!("Policy doesn't allow {action} to be performed."),
        ),
        Error::Policy(error) => describe(StatusCode::BAD_REQUEST, error.code(), error.to_string()),
        Error::InUse { kind, id } => {
            let message = format!("Conflict occurred when attempting to delete {kind} {id} - it is in use.");
            describe(StatusCode::CONFLICT, "IAM.0005", message)
        }
        Error::NotFound { kind, id } => {
            describe(StatusCode::NOT_FOUND, "IAM.0004", format!("Could not find {kind}: {id}."))
        }
        Error::Invalid { field, reason } => describe(
            StatusCode::BAD_REQUEST,
            "IAM.0007",
            format!("Invalid input for field '{field}': {reason}."),
        ),
        Error::NameTaken(name) => {
            let message = format!("Conflict occurred when attempting to store the name {name}.");
            describe(StatusCode::CONFLICT, "IAM.0005", message)
        }
        Error::AccessKeyLimit { .. } => describe(StatusCode::BAD_REQUEST, "IAM.0007", "akSkNumExceed"),
        Error::LimitReached { .. } => describe(StatusCode::FORBIDDEN, "IAM.0002", error.to_string()),
        Error::SubjectToken => {
            describe(StatusCode::NOT_FOUND, "IAM.0009", "X-Subject-Token is invalid in the request")
        }
        Error::Busy => describe(
            StatusCode::TOO_MANY_REQUESTS,
            "IAM.0012",
            "Too many passwords are being checked; try again.",
        ),
        Error::Store(_)
        | Error::Sealed { .. }
        | Error::TokenKeySealed { .. }
        | Error::NoTokenKey
        | Error::StoredPolicy { .. }
        | Error::Password
        | Error::NotKept(_) => fault(),
    }
}

fn describe_unauthenticated(reason: Unauthenticated) -> Described {
    let (code, message) = match reason {
        Unauthenticated::Credentials => ("IAM.0062", "The username or password is wrong."),
        Unauthenticated::Token(countersign_token::Error::Expired) => {
            ("IAM.0066", "The X-Auth-Token is invalid!")
        }
        Unauthenticated::Token(_) => ("IAM.0067", "The X-Auth-Token is invalid!"),
        Unauthenticated::Stale => ("IAM.0067", "The token must be updated"),
        Unauthenticated::IdToken(refused) => return describe_id_token(refused),
        Unauthenticated::IdentityProvider => ("IAM.0001", "Nobody logs in by this identity provider."),
        Unauthenticated::Unmapped => {
            ("IAM.0001", "The rules of the identity provider make no enabled user of the person.")
        }
        Unauthenticated::Scope => ("IAM.0001", "The user has no right in the requested scope."),
    };
    describe(StatusCode::UNAUTHORIZED, code, message)
}

fn describe_id_token(refused: countersign_oidc::Refused) -> Described {
    let code = if refused == countersign_oidc::Refused::Expired { "IAM.0066" } else { "IAM.0067" };
    describe(StatusCode::UNAUTHORIZED, code, refused.to_string())
}

fn describe_unread(unread: Unread) -> Described {
    match unread {
        Unread::TooLarge => {
            describe(StatusCode::PAYLOAD_TOO_LARGE, "IAM.1101", "The request body is larger than 64 KiB.")
        }
        Unread::Timeout => {
            describe(StatusCode::REQUEST_TIMEOUT, "IAM.0011", "The request body did not arrive in time.")
        }
        Unread::Truncated => describe(StatusCode::BAD_REQUEST, "IAM.0011", "The request body is incomplete."),
    }
}

fn is_fault(error: &Error) -> bool {
    describe_error(error).status.is_server_error()
}

fn fault() -> Described {
    let message = "An unexpected error prevented the server from fulfilling your request.";
    describe(StatusCode::INTERNAL_SERVER_ERROR, "IAM.0006", message)
}

fn describe(status: StatusCode, code: &'static str, message: impl Into<String>) -> Described {
    Described { status, code, message: message.into(), encoded_authorization_message: None }
}
