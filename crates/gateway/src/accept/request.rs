//! The head of a request as it arrived: what signature, routing, authorization and the backend request all use.

use super::peer::Peer;
use crate::observe::RequestId;
use countersign_types::Timestamp;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri, Version, header, request::Parts};
use std::rc::Rc;

/// A request head. The target is raw; header lines keep their order, lines of one name stand together.
pub(crate) struct Request {
    pub(super) method: Method,
    pub(super) uri: Uri,
    pub(super) version: Version,
    pub(super) headers: HeaderMap,
    names: Names,
    pub(crate) peer: Rc<Peer>,
    pub(crate) arrived: Timestamp,
    pub(crate) id: RequestId,
}

impl Request {
    /// Boxed: every stage hands it on.
    pub(super) fn new(head: Parts, peer: Rc<Peer>, arrived: Timestamp, id: RequestId) -> Box<Self> {
        let Parts { method, uri, version, mut headers, .. } = head;
        // HTTP/2 carries the host in the target; signatures and routing know it as a header.
        if version == Version::HTTP_2
            && !headers.contains_key(header::HOST)
            && let Some(host) = uri.authority().and_then(|host| HeaderValue::from_str(host.as_str()).ok())
        {
            headers.insert(header::HOST, host);
        }
        let names = Names::of(&headers);
        Box::new(Self { method, uri, version, headers, names, peer, arrived, id })
    }

    pub(crate) fn method(&self) -> &Method {
        &self.method
    }

    /// Path and query as on the wire.
    pub(crate) fn target(&self) -> &str {
        self.uri.path_and_query().map_or("", http::uri::PathAndQuery::as_str)
    }

    pub(crate) fn path(&self) -> &str {
        self.uri.path()
    }

    pub(crate) fn query(&self) -> Option<&str> {
        self.uri.query()
    }

    pub(crate) fn uri(&self) -> &Uri {
        &self.uri
    }

    pub(crate) fn version(&self) -> Version {
        self.version
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The first line with this name.
    pub(crate) fn first(&self, name: &HeaderName) -> Option<&HeaderValue> {
        if self.names.may_hold(name) { self.headers.get(name) } else { None }
    }

    /// Whether there is a line with this name.
    pub(crate) fn has(&self, name: &HeaderName) -> bool {
        self.first(name).is_some()
    }

    /// The only line with this name; more than one is an error, whatever they say.
    pub(crate) fn single(&self, name: &HeaderName) -> Result<Option<&HeaderValue>, Repeated> {
        if !self.names.may_hold(name) {
            return Ok(None);
        }
        let mut lines = self.headers.get_all(name).iter();
        let first = lines.next();
        if lines.next().is_some() { Err(Repeated) } else { Ok(first) }
    }
}

/// A header that decides something stands more than once.
#[derive(Debug)]
pub(crate) struct Repeated;

/// Which header names there may be: a bit for each kind of name. Every stage asks for names that most requests do
/// not carry, and a bit answers sooner than a lookup.
struct Names(u64);

impl Names {
    fn of(headers: &HeaderMap) -> Self {
        Self(headers.keys().map(Self::bit).fold(0, |names, bit| names | bit))
    }

    fn may_hold(&self, name: &HeaderName) -> bool {
        self.0 & Self::bit(name) != 0
    }

    /// Names of one kind share length, beginning and end, or happen to collide.
    fn bit(name: &HeaderName) -> u64 {
        let name = name.as_str().as_bytes();
        let (first, last) = (name.first().copied().unwrap_or(0), name.last().copied().unwrap_or(0));
        1 << ((name.len() + 5 * usize::from(first) + 3 * usize::from(last)) % 64)
    }
}

impl countersign_verify::Head for Request {
    fn method(&self) -> &str {
        self.method.as_str()
    }

    fn target(&self) -> &[u8] {
        self.target().as_bytes()
    }

    fn headers(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_there_is_never_ruled_out() {
        let names = ["host", "accept", "expect", "x-stage", "x-hw-id", "x-sdk-date", "a"];
        let mut headers = HeaderMap::new();
        for name in names.map(HeaderName::from_static) {
            headers.insert(name, HeaderValue::from_static("x"));
        }
        let filter = Names::of(&headers);
        assert!(headers.keys().all(|name| filter.may_hold(name)));
        assert!(!Names::of(&HeaderMap::new()).may_hold(&header::HOST));
    }
}
