//! A layer around clients that are tower services.

use crate::{Clock, Error, sign};
use bytes::Bytes;
use countersign_sign::{Payload, Signer};
use countersign_types::limits::BODY_BYTES_MAX;
use http::{Request, Response, request::Parts};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use tower_layer::Layer;
use tower_service::Service;

/// Wraps clients in [`Sign`].
#[derive(Clone)]
pub struct SignLayer {
    signer: Signer,
    clock: Clock,
    body_bytes_max: usize,
}

impl SignLayer {
    /// Signs with this key pair and clock. Bodies are held in memory, 12 MiB of them at most.
    #[must_use]
    pub fn new(signer: Signer, clock: Clock) -> Self {
        Self { signer, clock, body_bytes_max: usize::try_from(BODY_BYTES_MAX).unwrap_or(usize::MAX) }
    }

    /// Holds this many bytes of a body.
    #[must_use]
    pub fn body_bytes_max(self, bytes: usize) -> Self {
        Self { body_bytes_max: bytes, ..self }
    }

    fn sign(&self, mut parts: Parts, body: &Bytes) -> Result<Request<Full<Bytes>>, Error> {
        sign(&self.signer, &mut parts, Payload::Body(body), self.clock.now())?;
        Ok(Request::from_parts(parts, Full::new(body.clone())))
    }
}

impl<S> Layer<S> for SignLayer {
    type Service = Sign<S>;

    fn layer(&self, inner: S) -> Sign<S> {
        Sign { inner, layer: self.clone() }
    }
}

/// Signs requests and hands them to the client below.
#[derive(Clone)]
pub struct Sign<S> {
    inner: S,
    layer: SignLayer,
}

impl<S, B, A> Service<Request<B>> for Sign<S>
where
    S: Service<Request<Full<Bytes>>, Response = Response<A>> + Clone + Send + 'static,
    S::Future: Send,
    S::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    B: http_body::Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    A: Send,
{
    type Response = Response<A>;
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Response<A>, Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Error>> {
        self.inner.poll_ready(context).map_err(|error| Error::Send(error.into()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        // The one that is ready makes the call; its clone waits for the next.
        let fresh = self.inner.clone();
        let mut ready = std::mem::replace(&mut self.inner, fresh);
        let layer = self.layer.clone();
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let body = held(body, layer.body_bytes_max).await?;
            let answer = call(&mut ready, layer.sign(parts.clone(), &body)?).await?;
            if layer.clock.learns(answer.status(), answer.headers()) {
                std::future::poll_fn(|context| ready.poll_ready(context)).await.map_err(send)?;
                return call(&mut ready, layer.sign(parts, &body)?).await;
            }
            Ok(answer)
        })
    }
}

async fn call<S, A>(client: &mut S, request: Request<Full<Bytes>>) -> Result<Response<A>, Error>
where
    S: Service<Request<Full<Bytes>>, Response = Response<A>>,
    S::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    client.call(request).await.map_err(send)
}

fn send(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::Send(error.into())
}

async fn held<B>(body: B, bytes_max: usize) -> Result<Bytes, Error>
where
    B: http_body::Body,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    match Limited::new(body, bytes_max).collect().await {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(Error::BodyTooLong(bytes_max)),
        Err(error) => Err(Error::Send(error)),
    }
}
