//! Sizes and framing: what makes a request one request, of bearable size.

use super::{Arrival, Request, Unread};
use crate::reject::{Reject, Stage};
use countersign_types::{
    Code, code,
    limits::{BODY_BYTES_MAX, HEADER_BYTES_MAX, HEADERS_BYTES_MAX, HEADERS_MAX, TARGET_BYTES_MAX},
};
use http::{Version, header};

/// Checks a request before anything looks at what it says.
///
/// # Errors
/// 400 for a head with two meanings, 413, 414 and 494 for sizes over the limits.
pub(crate) fn admit(arrival: Arrival) -> Result<(Box<Request>, Unread), Reject> {
    let Arrival { request, body, .. } = arrival;
    check_sizes(&request)?;
    check_framing(&request)?;
    check_host(&request)?;
    if body.declared_bytes().is_some_and(|bytes| bytes > BODY_BYTES_MAX) {
        return Err(reject(code::BODY_TOO_LARGE, "body_too_large"));
    }
    Ok((request, body))
}

fn reject(code: Code, reason: &'static str) -> Reject {
    Reject::new(Stage::Accept, code, reason)
}

fn malformed(detail: &'static str) -> Reject {
    reject(code::REQUEST_ERROR, "malformed_head").detail(detail)
}

fn check_sizes(request: &Request) -> Result<(), Reject> {
    if request.target().len() > TARGET_BYTES_MAX {
        return Err(reject(code::TARGET_TOO_LARGE, "target_too_large"));
    }
    let mut total = 0;
    for (name, value) in request.headers() {
        total += name.as_str().len() + value.len();
        if value.len() > HEADER_BYTES_MAX || total > HEADERS_BYTES_MAX {
            return Err(reject(code::HEADERS_TOO_LARGE, "headers_too_large"));
        }
    }
    if request.headers().len() > HEADERS_MAX {
        return Err(reject(code::HEADERS_TOO_LARGE, "too_many_headers"));
    }
    Ok(())
}

/// The engine tolerates more spellings than one should forward.
fn check_framing(request: &Request) -> Result<(), Reject> {
    let repeated = |_| malformed("a header of the message framing stands more than once");
    if let Some(coding) = request.single(&header::TRANSFER_ENCODING).map_err(repeated)?
        && !coding.as_bytes().eq_ignore_ascii_case(b"chunked")
    {
        return Err(malformed("the only transfer coding accepted is chunked"));
    }
    request.single(&header::CONTENT_LENGTH).map_err(repeated)?;
    if let Some(expectation) = request.single(&header::EXPECT).map_err(repeated)?
        && !expectation.as_bytes().eq_ignore_ascii_case(b"100-continue")
    {
        return Err(malformed("the only expectation accepted is 100-continue"));
    }
    Ok(())
}

/// Exactly one host, and the same one in an absolute target (RFC 9112 §3.2.2) or `:authority`.
fn check_host(request: &Request) -> Result<(), Reject> {
    let host =
        request.single(&header::HOST).map_err(|_| malformed("the Host header stands more than once"))?;
    let host = host.ok_or_else(|| malformed("the Host header is missing"))?;
    let absolute = request.uri().authority();
    if absolute.is_some_and(|authority| !authority.as_str().as_bytes().eq_ignore_ascii_case(host.as_bytes()))
    {
        return Err(malformed("the target names another host than the Host header"));
    }
    if request.version() == Version::HTTP_10 && request.has(&header::TRANSFER_ENCODING) {
        return Err(malformed("HTTP/1.0 has no transfer codings"));
    }
    Ok(())
}
