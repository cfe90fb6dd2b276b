//! The two families of callers, and how each words its refusals (published call-time error texts).

use crate::reject::{Reject, Stage};
use countersign_types::{Code, ResponseType, code};
use countersign_verify::Error;
use std::borrow::Cow;

/// Why nothing more is said about a key that failed too often.
pub(super) const LOCKED: &str = "locked_key";

/// Which keys an API accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// AppKey and AppSecret.
    App,
    /// IAM access key and secret key.
    Iam,
}

impl Family {
    /// A refusal of this family: `reason` is the stable word for logs, `detail` what the client is told.
    pub(super) fn reject(self, reason: &'static str, detail: impl Into<Cow<'static, str>>) -> Reject {
        Reject::new(Stage::Authenticate, self.code(), reason).detail(detail)
    }

    fn code(self) -> Code {
        match self {
            Self::App => code::APP_AUTHENTICATION,
            Self::Iam => code::IAM_AUTHENTICATION,
        }
    }

    /// The request carries no credential of this family.
    pub(super) fn missing(self) -> Reject {
        let detail = match self {
            Self::App => "Authorization not found",
            Self::Iam => "Authorization or x-auth-token not found",
        };
        self.reject("credential_missing", detail).kind(ResponseType::AuthHeaderMissing)
    }

    /// Nobody has this key.
    pub(super) fn unknown(self, access_key: &str) -> Reject {
        let detail = match self {
            Self::App => format!("app not found, appkey {access_key}"),
            Self::Iam => format!("Get secretKey failed,ak:{access_key},err:ak not exist"),
        };
        self.reject("unknown_key", detail)
    }

    /// The key failed too often from where the request comes from.
    pub(super) fn locked(self) -> Reject {
        self.reject(LOCKED, "AK access failed to reach the limit,forbidden")
    }

    /// A temporary key means nothing alone.
    pub(super) fn without_security_token(self) -> Reject {
        self.reject("security_token_missing", "x-security-token not found")
    }

    /// The security token is not that of the access key; a permanent key has none.
    pub(super) fn foreign_security_token(self) -> Reject {
        self.reject("foreign_token", "x-security-token does not belong to the access key")
    }

    /// The verifier's refusal in this family's words; line feeds of the canonical request become bars.
    pub(super) fn refuse(self, error: &Error) -> Reject {
        let detail = match (self, error) {
            (Self::App, Error::Mismatch { canonical_request }) => {
                format!("verify signature fail, canonicalRequest:{}", canonical_request.replace('\n', "|"))
            }
            (Self::Iam, Error::Mismatch { canonical_request }) => {
                format!(
                    "verify aksk signature fail, canonicalRequest:{}",
                    canonical_request.replace('\n', "|")
                )
            }
            (Self::Iam, Error::Expired { .. }) => format!("calc aksk signature fail:{error}"),
            _ => error.to_string(),
        };
        self.reject(reason(error), detail)
    }
}

/// The stable word of each refusal.
fn reason(error: &Error) -> &'static str {
    match error {
        Error::DuplicateHeader(_) => "repeated_header",
        Error::MalformedAuthorization(_) => "malformed_authorization",
        Error::MissingAccessKey => "access_key_missing",
        Error::UnsupportedAlgorithm => "unsupported_algorithm",
        Error::MissingDate => "date_missing",
        Error::BadDate => "malformed_date",
        Error::Expired { .. } => "expired",
        Error::BadContentHash => "malformed_content_hash",
        Error::UnsignedPayload => "unsigned_payload",
        Error::ContentHashMismatch => "content_hash_mismatch",
        Error::Mismatch { .. } => "signature_mismatch",
    }
}
