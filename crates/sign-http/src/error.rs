//! Why a request is not sent.

/// Why a request could not be signed or sent.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The request cannot be signed as it is.
    #[error(transparent)]
    Sign(#[from] countersign_sign::Error),
    /// Its body comes in a stream: read it before, or leave it out of the signature.
    #[error("a streamed body cannot be signed: read it first, or sign with an unsigned payload")]
    StreamedBody,
    /// Its body is longer than is held in memory for signing.
    #[error("the body is longer than the {0} bytes that are held for signing")]
    BodyTooLong(usize),
    /// Its body broke off, or the client below failed.
    #[error("the request could not be sent")]
    Send(#[source] Box<dyn std::error::Error + Send + Sync>),
}
