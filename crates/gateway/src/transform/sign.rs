//! The signature of a request to a backend, over the request as it will be sent.

use super::{
    UpstreamRequest,
    headers::{Mapped, SIGNED_PREFIX},
};
use crate::{
    accept::Body,
    core::Core,
    reject::{Reject, Stage},
};
use bytes::Bytes;
use countersign_sign::{Digest, Hash, Hasher, Payload, Request, Signer, names};
use countersign_snapshot::Signature;
use countersign_types::code;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use smallvec::SmallVec;
use tokio::task::yield_now;

/// Bytes of a body that are hashed at a time.
const STEP_BYTES: usize = 256 * 1024;

/// The lines that make a request the gateway's own. They replace whatever stands under their names.
///
/// # Errors
/// 500: the request cannot be signed.
pub(super) async fn lines(
    core: &Core,
    request: &UpstreamRequest<'_>,
    signature: &Signature,
) -> Result<Mapped, Reject> {
    let carrier = &request.permit.routed.gateway.sign_header;
    match signature {
        Signature::Hmac(signer) => signed(core, request, signer, carrier).await,
        Signature::Basic(credentials) => Ok(vec![(carrier.clone(), credentials.clone())]),
    }
}

async fn signed(
    core: &Core,
    request: &UpstreamRequest<'_>,
    signer: &Signer,
    carrier: &HeaderName,
) -> Result<Mapped, Reject> {
    let payload = match &request.body {
        body if body.is_empty() => Payload::Body(b""),
        body => Payload::Digest(digest(body).await),
    };
    let lines = request.headers();
    let unsigned = Request {
        method: request.method().as_str(),
        target: request.target.path_and_query().map_or("/", |target| target.as_str()),
        headers: &vouched(request, &lines, carrier),
        payload,
    };
    let signed = signer.sign(&unsigned, (core.clock)()).map_err(|error| reject(error.to_string()))?;
    signed.headers.into_iter().map(|(name, value)| line(name, value, carrier)).collect()
}

fn line(
    name: &'static str,
    value: String,
    carrier: &HeaderName,
) -> Result<(HeaderName, HeaderValue), Reject> {
    let name = match name {
        names::AUTHORIZATION => carrier.clone(),
        other => HeaderName::from_bytes(other.as_bytes()).map_err(|_| reject("a name that is none"))?,
    };
    let value =
        HeaderValue::from_maybe_shared(Bytes::from(value)).map_err(|_| reject("a value that is none"))?;
    Ok((name, value))
}

fn reject(detail: impl Into<std::borrow::Cow<'static, str>>) -> Reject {
    Reject::new(Stage::Transform, code::BACKEND_SIGNATURE, "backend_signature").detail(detail)
}

/// What the gateway vouches for: the host, the type of the body, and the lines that the definition sets. Others may be
/// rewritten on the way, by proxies in front of the backend. What stands twice or is not ASCII is read differently by
/// different servers, so that its signature would break.
fn vouched<'l>(
    request: &UpstreamRequest<'_>,
    lines: &'l HeaderMap,
    carrier: &HeaderName,
) -> SmallVec<[(&'l str, &'l str); 8]> {
    let is_set = |name: &HeaderName| request.set.iter().any(|(own, _)| own == name);
    let is_vouched = |name: &&HeaderName| match **name {
        header::HOST | header::CONTENT_TYPE => true,
        header::AUTHORIZATION => false,
        ref other => other != carrier && !other.as_str().starts_with(SIGNED_PREFIX) && is_set(other),
    };
    let names = lines.keys().filter(is_vouched);
    names.filter_map(|name| Some((name.as_str(), only(lines, name)?))).collect()
}

fn only<'l>(lines: &'l HeaderMap, name: &HeaderName) -> Option<&'l str> {
    let mut values = lines.get_all(name).iter();
    let value = values.next()?;
    if values.next().is_some() { None } else { value.to_str().ok() }
}

/// In steps, because the worker's other requests must not wait for a large body.
async fn digest(body: &Body) -> Digest {
    let mut hasher = Hasher::new(Hash::Sha256);
    for step in body.pieces().flat_map(|piece| piece.chunks(STEP_BYTES)) {
        hasher.update(step);
        if step.len() == STEP_BYTES {
            yield_now().await;
        }
    }
    hasher.finish()
}
