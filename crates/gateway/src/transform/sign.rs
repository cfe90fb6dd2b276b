//! The signature of a request to a backend, over the request as it will be sent.

use super::{UpstreamRequest, headers::Mapped};
use crate::{
    accept::Body,
    core::Core,
    reject::{Reject, Stage},
};
use bytes::Bytes;
use countersign_sign::{Digest, Hash, Hasher, Payload, Request, Signer, names};
use countersign_snapshot::Signature;
use countersign_types::code;
use http::{HeaderMap, HeaderName, HeaderValue, header, uri::PathAndQuery};
use smallvec::SmallVec;
use tokio::task::yield_now;

/// Bytes of a body that are hashed at a time.
const STEP_BYTES: usize = 256 * 1024;

impl UpstreamRequest<'_> {
    /// Adds what makes the request the gateway's own; it replaces whatever stands under the same names.
    ///
    /// # Errors
    /// 500: the request cannot be signed, because the definition sets a header that belongs to the signature.
    pub(super) async fn sign(&mut self, core: &Core, signature: &Signature) -> Result<(), Reject> {
        let carrier = &self.permit.routed.gateway.sign_header;
        let mut headers = self.headers();
        let lines = match signature {
            Signature::Hmac(signer) => self.lines(core, &headers, (signer, carrier)).await?,
            Signature::Basic(credentials) => vec![(carrier.clone(), credentials.clone())],
        };
        for (name, value) in &lines {
            headers.insert(name, value.clone());
        }
        self.set.extend(lines);
        self.signed.set(Some(headers));
        Ok(())
    }

    async fn lines(
        &self,
        core: &Core,
        headers: &HeaderMap,
        (signer, carrier): (&Signer, &HeaderName),
    ) -> Result<Mapped, Reject> {
        let payload = match &self.body {
            body if body.is_empty() => Payload::Body(b""),
            body => Payload::Digest(digest(body).await),
        };
        let unsigned = Request {
            method: self.method().as_str(),
            target: self.target.path_and_query().map_or("/", PathAndQuery::as_str),
            headers: &self.vouched(headers, carrier),
            payload,
        };
        let signed = signer.sign(&unsigned, (core.clock)()).map_err(|error| reject(error.to_string()))?;
        signed.headers.into_iter().map(|(name, value)| line(name, value, carrier)).collect()
    }

    /// What the gateway vouches for: the host, the type of the body, and the lines that the definition sets. Others may
    /// be rewritten on the way, by proxies in front of the backend. What stands twice or is not ASCII is read
    /// differently by different servers, so that its signature would break.
    fn vouched<'l>(&self, headers: &'l HeaderMap, carrier: &HeaderName) -> SmallVec<[(&'l str, &'l str); 8]> {
        let is_set = |name: &HeaderName| self.set.iter().any(|(own, _)| own == name);
        let is_vouched = |name: &&HeaderName| match **name {
            header::HOST | header::CONTENT_TYPE => true,
            header::AUTHORIZATION => false,
            ref other => other != carrier && is_set(other),
        };
        let names = headers.keys().filter(is_vouched);
        names.filter_map(|name| Some((name.as_str(), only(headers, name)?))).collect()
    }
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
