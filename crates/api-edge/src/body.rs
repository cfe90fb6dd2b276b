//! The whole body, within a size and a time.

use axum::body::{Body, HttpBody};
use bytes::Bytes;
use http_body_util::LengthLimitError;
use std::error::Error as _;
use std::time::Duration;

/// How long a client may take to send its body.
const TIME_MAX: Duration = Duration::from_secs(30);

/// Why there is no body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    /// It is larger than allowed.
    #[error("the request body is too large")]
    TooLarge,
    /// It did not arrive in time.
    #[error("the request body did not arrive in time")]
    Timeout,
    /// The connection broke within it.
    #[error("the request body is incomplete")]
    Truncated,
}

/// The whole body, if it has at most `bytes_max` bytes.
///
/// # Errors
/// [`Unread`].
pub async fn read(body: Body, bytes_max: usize) -> Result<Bytes, Unread> {
    if body.is_end_stream() {
        return Ok(Bytes::new());
    }
    let read = axum::body::to_bytes(body, bytes_max);
    let read = tokio::time::timeout(TIME_MAX, read).await.map_err(|_| Unread::Timeout)?;
    read.map_err(|error| {
        let too_large = error.source().and_then(|cause| cause.downcast_ref::<LengthLimitError>()).is_some();
        if too_large { Unread::TooLarge } else { Unread::Truncated }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_body_is_read_up_to_its_limit() {
        assert_eq!(read(Body::from("four"), 4).await, Ok(Bytes::from("four")));
        assert_eq!(read(Body::from("fives"), 4).await, Err(Unread::TooLarge));
    }

    #[tokio::test]
    async fn a_broken_body_is_truncated() {
        let broken = futures_util::stream::iter([Err::<Bytes, _>(std::io::Error::other("reset"))]);
        assert_eq!(read(Body::from_stream(broken), 4).await, Err(Unread::Truncated));
    }
}
