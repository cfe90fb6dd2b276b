//! Why a signature is refused.

use countersign_types::Timestamp;

/// Why a signature was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A header that must be single stands twice or more.
    #[error("the header {0} stands more than once")]
    DuplicateHeader(&'static str),
    /// The Authorization header does not follow the grammar.
    #[error("malformed Authorization header: {0}")]
    MalformedAuthorization(&'static str),
    /// `Access=` or `Credential=` is missing or empty.
    #[error("Access or Credential is empty in Authorization")]
    MissingAccessKey,
    /// The algorithm is unknown or not allowed.
    #[error("unsupported algorithm")]
    UnsupportedAlgorithm,
    /// `X-Sdk-Date` is missing.
    #[error("the X-Sdk-Date header is missing")]
    MissingDate,
    /// `X-Sdk-Date` is not a date of the form yyyyMMddTHHmmssZ.
    #[error("the X-Sdk-Date header is not of the form yyyyMMddTHHmmssZ")]
    BadDate,
    /// Signing time too far from now.
    #[error("signature expired, signature time:{},server time:{}", signed.basic(), server.basic())]
    Expired {
        /// What the client signed.
        signed: Timestamp,
        /// Our clock.
        server: Timestamp,
    },
    /// `X-Sdk-Content-Sha256` is neither a digest nor UNSIGNED-PAYLOAD.
    #[error("the content hash header is not a digest")]
    BadContentHash,
    /// UNSIGNED-PAYLOAD is not accepted here.
    #[error("an unsigned payload is not accepted")]
    UnsignedPayload,
    /// The body does not have the declared hash.
    #[error("the body does not match its declared hash")]
    ContentHashMismatch,
    /// The signature is not that of this request under this key.
    #[error("verify signature fail")]
    Mismatch {
        /// The canonical request as the server built it (first dialect), LF-separated.
        canonical_request: String,
    },
}

impl Error {
    /// Its name in every language's signing library (sdks/README.md).
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::DuplicateHeader(_) => "DuplicateHeader",
            Self::MalformedAuthorization(_) => "MalformedAuthorization",
            Self::MissingAccessKey => "MissingAccessKey",
            Self::UnsupportedAlgorithm => "UnsupportedAlgorithm",
            Self::MissingDate => "MissingDate",
            Self::BadDate => "BadDate",
            Self::Expired { .. } => "Expired",
            Self::BadContentHash => "BadContentHash",
            Self::UnsignedPayload => "UnsignedPayload",
            Self::ContentHashMismatch => "ContentHashMismatch",
            Self::Mismatch { .. } => "Mismatch",
        }
    }
}
