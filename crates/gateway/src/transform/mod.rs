//! What the backend is asked.

mod choose;
mod headers;
mod parameters;
mod sign;
mod target;
mod values;

use crate::{
    accept::{Body, Request},
    authorize::Permit,
    authorizer::Question,
    core::Core,
    forward::Repeatable,
    observe::bytes,
    reject::{Reject, Stage},
    throttle::Counted,
};
use countersign_snapshot::{Backend, Mock, Origin, Target, Upstream, source::Side};
use countersign_types::code;
use headers::Mapped;
use http::{HeaderMap, Method, Uri};
use parameters::Parameters;
use std::{cell::Cell, sync::Arc};
use values::Values;

/// A request ready to be sent, or a mock ready to answer.
#[expect(clippy::large_enum_variant, reason = "there is one a request, and it goes straight on")]
pub(crate) enum Outgoing<'s> {
    Http(UpstreamRequest<'s>),
    Mock(&'s Mock),
}

/// A request to a backend. It keeps what it is made of, so that it can be made again for another connection.
pub(crate) struct UpstreamRequest<'s> {
    pub(crate) upstream: &'s Upstream,
    /// The backend with what it is sent.
    chosen: &'s Target,
    request: Box<Request>,
    permit: Permit<'s>,
    target: Uri,
    set: Mapped,
    body: Body,
    bytes_sent: Cell<u64>,
    /// The header lines over which it was signed, for the first message.
    signed: Cell<Option<HeaderMap>>,
}

/// Checks the declared parameters, chooses the backend, asks its authorizer, builds the request, and signs it if a
/// signature key is bound to the API.
///
/// # Errors
/// 400 naming the parameter that is missing, malformed, or does not fit where it is mapped to; what the authorizer may
/// answer; 500 when the request cannot be signed.
pub(crate) async fn transform<'s>(
    core: &Core,
    request: Box<Request>,
    Counted { permit }: Counted<'s>,
    body: Body,
) -> Result<Outgoing<'s>, Reject> {
    let release = permit.routed.release;
    let parameters = Parameters::check(&request, release, &permit.routed.captured)?;
    let chosen = choose::target(&request, &permit, &parameters);
    let context = match &chosen.authorizer {
        Some(id) => {
            let (request, routed) = (&request, &permit.routed);
            Some(Question { core, request, routed, body: Some(&body), side: Side::Backend }.ask(id).await?)
        }
        None => None,
    };
    let upstream = match &chosen.backend {
        Backend::Mock(mock) => return Ok(Outgoing::Mock(mock)),
        Backend::Http(upstream) => upstream,
    };
    let values = Values {
        core,
        request: &request,
        permit: &permit,
        parameters: &parameters,
        target: chosen,
        backend: context.as_deref(),
    };
    let target = target::build(upstream, &values)?;
    let set = headers::mapped(&values)?;
    let (bytes_sent, signed) = (Cell::new(0), Cell::new(None));
    let mut outgoing =
        UpstreamRequest { upstream, chosen, request, permit, target, set, body, bytes_sent, signed };
    if let Some(signature) = &release.signature {
        outgoing.sign(core, signature).await?;
    }
    Ok(Outgoing::Http(outgoing))
}

impl UpstreamRequest<'_> {
    fn method(&self) -> &Method {
        self.upstream.method.as_ref().unwrap_or_else(|| self.request.method())
    }

    fn headers(&self) -> HeaderMap {
        headers::build(&self.request, &self.permit, (self.upstream, self.chosen), &self.set)
    }

    /// Bytes of all messages made so far.
    pub(crate) fn bytes_sent(&self) -> u64 {
        self.bytes_sent.get()
    }
}

impl Repeatable for UpstreamRequest<'_> {
    fn origin(&self) -> &Arc<Origin> {
        &self.upstream.origin
    }

    fn is_idempotent(&self) -> bool {
        self.method().is_idempotent()
    }

    fn retries(&self) -> u8 {
        self.upstream.retries.allowed(self.method())
    }

    fn message(&self) -> http::Request<Body> {
        let mut message = http::Request::new(self.body.clone());
        *message.method_mut() = self.method().clone();
        *message.uri_mut() = self.target.clone();
        *message.headers_mut() = self.signed.take().unwrap_or_else(|| self.headers());
        let head = bytes::request_head(message.method(), message.uri(), message.headers());
        self.bytes_sent.set(self.bytes_sent.get() + head + self.body.bytes());
        message
    }
}

/// The stage's refusals, all about one parameter.
fn refuse(name: &str, fault: &str) -> Reject {
    Reject::new(Stage::Transform, code::REQUEST_ERROR, "parameter")
        .detail(format!("the parameter {name} {fault}"))
}
