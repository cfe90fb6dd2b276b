//! Why a request is refused, and what its sender is told.

use bytes::Bytes;
use countersign_verify::Error;
use http::{HeaderValue, Response, StatusCode, header};

/// Why a request is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no signature.
    #[error("the {0} header has no signature")]
    Unsigned(http::HeaderName),
    /// No key with this access key is known here.
    #[error("the signature key is unknown")]
    UnknownKey,
    /// The signature does not hold.
    #[error(transparent)]
    Signature(#[from] Error),
    /// The body is longer than accepted here.
    #[error("the body is too long")]
    TooLong,
    /// The body broke off.
    #[error("the body is incomplete")]
    Incomplete,
}

impl Refusal {
    /// 413 for a long body, 400 for a broken one, else 401.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Incomplete => StatusCode::BAD_REQUEST,
            Self::Unsigned(_) | Self::UnknownKey | Self::Signature(_) => StatusCode::UNAUTHORIZED,
        }
    }

    /// Its name in every language's signing library (sdks/README.md).
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Unsigned(_) => "MissingAuthorization",
            Self::UnknownKey => "UnknownKey",
            Self::Signature(error) => error.name(),
            Self::TooLong => "BodyTooLong",
            Self::Incomplete => "BodyIncomplete",
        }
    }

    /// The answer: `{"error_code": "…", "error_msg": "…"}`. It repeats neither keys nor signatures.
    pub(crate) fn answer<B: From<Bytes>>(&self) -> Response<B> {
        let body =
            serde_json::json!({ "error_code": self.name(), "error_msg": self.to_string() }).to_string();
        let mut answer = Response::new(B::from(Bytes::from(body)));
        *answer.status_mut() = self.status();
        answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        answer
    }
}
