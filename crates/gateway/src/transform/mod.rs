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
};
use countersign_snapshot::{Backend, Mock, Upstream};
use countersign_types::code;
use http::{HeaderMap, Method, Uri};
use parameters::Parameters;
use values::Values;

/// A request ready to be sent, or a mock ready to answer.
pub(crate) enum Outgoing<'s> {
    Http(UpstreamRequest<'s>),
    Mock(&'s Mock),
}

/// A request to a backend.
pub(crate) struct UpstreamRequest<'s> {
    pub(crate) upstream: &'s Upstream,
    pub(crate) method: Method,
    pub(crate) target: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
}

/// Checks the declared parameters and builds the request.
///
/// # Errors
/// 400 naming the parameter that is missing, malformed, or does not fit where it is mapped to.
pub(crate) fn transform<'s>(
    core: &Core,
    mut request: Request,
    permit: &Permit<'s>,
    body: Body,
) -> Result<Outgoing<'s>, Reject> {
    let release = permit.routed.release;
    let parameters = Parameters::check(&request, release, &permit.routed.captured)?;
    let upstream = match &release.backend {
        Backend::Mock(mock) => return Ok(Outgoing::Mock(mock)),
        Backend::Http(upstream) => upstream,
    };
    let values = Values { core, request: &request, permit, parameters: &parameters };
    let target = target::build(upstream, &values)?;
    let set = headers::mapped(&values)?;
    let method = upstream.method.clone().unwrap_or_else(|| request.method().clone());
    let headers = headers::build(&mut request, permit, upstream, set);
    Ok(Outgoing::Http(UpstreamRequest { upstream, method, target, headers, body }))
}

/// The stage's refusals, all about one parameter.
fn refuse(name: &str, fault: &str) -> Reject {
    Reject::new(Stage::Transform, code::REQUEST_ERROR, "parameter")
        .detail(format!("the parameter {name} {fault}"))
}
