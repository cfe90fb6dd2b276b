//! A request that is about to be signed and sent.

use anyhow::Context;
use countersign_sign::{Payload, Request, Signed, Signer};
use countersign_types::Timestamp;
use http_body_util::Full;
use hyper::Uri;
use hyper::body::Bytes;
use hyper::http::uri::PathAndQuery;

/// The request ready to sign and send.
#[derive(Clone)]
pub(crate) struct Outgoing {
    pub(crate) method: String,
    pub(crate) url: Uri,
    /// As given, with `Host` first unless it was given.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Bytes,
    pub(crate) signing_time: Timestamp,
    pub(crate) unsigned_payload: bool,
}

impl Outgoing {
    /// Signs what will be sent.
    pub(crate) fn sign(&self, signer: &Signer) -> anyhow::Result<Signed> {
        let headers: Vec<_> =
            self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let payload = if self.unsigned_payload { Payload::Unsigned } else { Payload::Body(&self.body) };
        let request = Request { method: &self.method, target: self.target(), headers: &headers, payload };
        signer.sign(&request, self.signing_time).context("the request cannot be signed")
    }

    /// Path and query, as sent and signed.
    fn target(&self) -> &str {
        self.url.path_and_query().map_or("/", PathAndQuery::as_str)
    }

    /// The request as it goes out, with what the signer added.
    ///
    /// # Errors
    /// When method, target or a header cannot stand in HTTP.
    pub(crate) fn to_http(&self, added: &[(&str, String)]) -> anyhow::Result<hyper::Request<Full<Bytes>>> {
        let mut request = hyper::Request::builder().method(self.method.as_str()).uri(self.target());
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        for (name, value) in added {
            request = request.header(*name, value);
        }
        request.body(Full::from(self.body.clone())).context("the request cannot be sent as it is")
    }
}
