//! What the proxy answers itself.

use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::{Response, StatusCode};

/// The body of an answer: the proxy's own, or the server's as it arrives.
pub(super) type Body = BoxBody<Bytes, hyper::Error>;

/// Why a request is not sent on, or not answered.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    pub(super) reason: String,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, reason: impl Into<String>) -> Self {
        Self { status, reason: reason.into() }
    }

    /// The answer: the reason as one line of text.
    pub(super) fn answer(self) -> Response<Body> {
        let text = Full::from(format!("countersign proxy: {}\n", self.reason));
        let mut answer = Response::new(text.map_err(|never| match never {}).boxed());
        *answer.status_mut() = self.status;
        answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
        answer
    }
}
