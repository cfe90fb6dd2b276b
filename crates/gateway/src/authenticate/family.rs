//! The two families of signed callers, and how each words its refusals (published call-time error texts).

use super::{Who, reject};
use crate::reject::Reject;
use countersign_snapshot::Principal;
use countersign_types::{Code, code};
use countersign_verify::Error;

/// Which keys an API accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// AppKey and AppSecret.
    App,
    /// IAM access key and secret key.
    Iam,
}

impl Family {
    pub(super) fn code(self) -> Code {
        match self {
            Self::App => code::APP_AUTHENTICATION,
            Self::Iam => code::IAM_AUTHENTICATION,
        }
    }

    /// The principal, if it belongs to this family: an IAM key is nobody on an app API, and the reverse.
    pub(super) fn accept(self, principal: &Principal) -> Option<Who<'_>> {
        match (self, principal) {
            (Self::App, Principal::App { id, name }) => Some(Who::App { id, name }),
            (Self::Iam, Principal::User { id, domain_id, project_ids, .. }) => {
                Some(Who::User { id, domain_id, project_ids })
            }
            _ => None,
        }
    }

    /// The request carries no credential of this family.
    pub(super) fn missing(self) -> Reject {
        let detail = match self {
            Self::App => "Authorization not found",
            Self::Iam => "Authorization or x-auth-token not found",
        };
        reject(self, "credential_missing", detail.to_owned())
    }

    /// Nobody has this key.
    pub(super) fn unknown(self, access_key: &str) -> Reject {
        let detail = match self {
            Self::App => format!("app not found, appkey {access_key}"),
            Self::Iam => format!("Get secretKey failed,ak:{access_key},err:ak not exist"),
        };
        reject(self, "unknown_key", detail)
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
        reject(self, reason(error), detail)
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
