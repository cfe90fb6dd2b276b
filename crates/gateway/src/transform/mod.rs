//! What the backend is asked.

mod headers;
mod parameters;
mod target;
mod values;

use crate::{
    accept::{Body, Request},
    authorize::Permit,
    core::Core,
    reject::{Reject, Stage},
    throttle::Counted,
};
use countersign_snapshot::{Backend, Mock, Upstream};
use countersign_types::code;
use headers::Mapped;
use http::{Method, Uri};
use parameters::Parameters;
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
    request: Box<Request>,
    permit: Permit<'s>,
    target: Uri,
    set: Mapped,
    body: Body,
}

/// Checks the declared parameters and builds the request.
///
/// # Errors
/// 400 naming the parameter that is missing, malformed, or does not fit where it is mapped to.
pub(crate) fn transform<'s>(
    core: &Core,
    request: Box<Request>,
    Counted { permit }: Counted<'s>,
    body: Body,
) -> Result<Outgoing<'s>, Reject> {
    let release = permit.routed.release;
    let parameters = Parameters::check(&request, release, &permit.routed.captured)?;
    let upstream = match &release.backend {
        Backend::Mock(mock) => return Ok(Outgoing::Mock(mock)),
        Backend::Http(upstream) => upstream,
    };
    let values = Values { core, request: &request, permit: &permit, parameters: &parameters };
    let target = target::build(upstream, &values)?;
    let set = headers::mapped(&values)?;
    Ok(Outgoing::Http(UpstreamRequest { upstream, request, permit, target, set, body }))
}

impl UpstreamRequest<'_> {
    fn method(&self) -> &Method {
        self.upstream.method.as_ref().unwrap_or_else(|| self.request.method())
    }

    /// Whether sending it twice means the same as sending it once.
    pub(crate) fn is_idempotent(&self) -> bool {
        self.method().is_idempotent()
    }

    /// The message for one connection.
    pub(crate) fn message(&self) -> http::Request<Body> {
        let mut message = http::Request::new(self.body.clone());
        *message.method_mut() = self.method().clone();
        *message.uri_mut() = self.target.clone();
        *message.headers_mut() = headers::build(&self.request, &self.permit, self.upstream, &self.set);
        message
    }
}

/// The stage's refusals, all about one parameter.
fn refuse(name: &str, fault: &str) -> Reject {
    Reject::new(Stage::Transform, code::REQUEST_ERROR, "parameter")
        .detail(format!("the parameter {name} {fault}"))
}
