//! A service behind the check.

use crate::check::Check;
use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use std::{
    error::Error,
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};
use tower_service::Service;

/// A service that is called with what the gateway signed only; the body is complete then.
#[derive(Clone)]
pub struct Verify<S> {
    inner: S,
    check: Arc<Check>,
}

impl<S> Verify<S> {
    pub(crate) const fn new(inner: S, check: Arc<Check>) -> Self {
        Self { inner, check }
    }
}

impl<S, B, R> Service<Request<B>> for Verify<S>
where
    S: Service<Request<Full<Bytes>>, Response = Response<R>> + Clone + Send + 'static,
    S::Future: Send,
    B: http_body::Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
    R: From<Bytes>,
{
    type Response = Response<R>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Response<R>, S::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        // The one that is ready goes with the request; its copy stays.
        let fresh = self.inner.clone();
        let mut inner = std::mem::replace(&mut self.inner, fresh);
        let check = Arc::clone(&self.check);
        Box::pin(async move {
            let (mut parts, body) = request.into_parts();
            match check.run(&parts, body).await {
                Ok((proof, body)) => {
                    parts.extensions.insert(proof);
                    inner.call(Request::from_parts(parts, Full::new(body))).await
                }
                Err(refusal) => Ok(refusal.answer()),
            }
        })
    }
}
