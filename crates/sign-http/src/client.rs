//! reqwest that signs.

use crate::{Clock, Error, sign};
use countersign_sign::{Payload, Signer};
use http::HeaderMap;
use reqwest::{Request, Response};

/// A reqwest client that signs each request just before it sends it. Cheap to clone.
///
/// Redirections are the inner client's business: it sends the same headers again, whose signature holds for the first
/// target only. Build it with `redirect::Policy::none()` unless redirections are known to keep the target.
#[derive(Clone)]
pub struct Client {
    inner: reqwest::Client,
    signer: Signer,
    clock: Clock,
    is_payload_signed: bool,
}

impl Client {
    /// Signs with the system's clock; [`Client::clock`] sets another.
    #[must_use]
    pub const fn new(inner: reqwest::Client, signer: Signer) -> Self {
        Self { inner, signer, clock: Clock::system(), is_payload_signed: true }
    }

    /// Takes signing times from this clock.
    #[must_use]
    pub fn clock(self, clock: Clock) -> Self {
        Self { clock, ..self }
    }

    /// Leaves bodies out of signatures (`UNSIGNED-PAYLOAD`), so that they can be streamed.
    #[must_use]
    pub fn unsigned_payload(self) -> Self {
        Self { is_payload_signed: false, ..self }
    }

    /// Signs and sends.
    ///
    /// # Errors
    /// [`Error`]; an answer is none, whatever its status.
    pub async fn execute(&self, request: Request) -> Result<Response, Error> {
        let again = if self.clock.is_correcting() { request.try_clone() } else { None };
        let response = self.send(request).await?;
        match again {
            Some(request) if self.clock.learns(response.status(), response.headers()) => {
                self.send(request).await
            }
            _ => Ok(response),
        }
    }

    async fn send(&self, mut request: Request) -> Result<Response, Error> {
        let added = self.headers(&request)?;
        request.headers_mut().extend(added);
        self.inner.execute(request).await.map_err(|error| Error::Send(error.into()))
    }

    /// The headers of the request with those that sign it.
    fn headers(&self, request: &Request) -> Result<HeaderMap, Error> {
        let body = request.body().map_or(Some([].as_slice()), reqwest::Body::as_bytes);
        let payload = match body {
            _ if !self.is_payload_signed => Payload::Unsigned,
            Some(body) => Payload::Body(body),
            None => return Err(Error::StreamedBody),
        };
        let (mut parts, ()) = http::Request::new(()).into_parts();
        parts.method = request.method().clone();
        parts.uri = request.url().as_str().parse().map_err(|_| countersign_sign::Error::BadTarget)?;
        parts.headers = request.headers().clone();
        sign(&self.signer, &mut parts, payload, self.clock.now())?;
        Ok(parts.headers)
    }
}
