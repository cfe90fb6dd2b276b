//! Who is at the other end of a connection, in the forms that every request on it needs.

use bytes::Bytes;
use http::HeaderValue;
use std::net::SocketAddr;

/// How a client reaches the gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// In the clear.
    Http,
    /// Over TLS.
    Https,
}

/// The address of a client, rendered once a connection.
pub(crate) struct Peer {
    text: Box<str>,
    ip: HeaderValue,
    scheme: Scheme,
}

impl Peer {
    pub(crate) fn new(address: SocketAddr, scheme: Scheme) -> Self {
        let ip = Bytes::from(address.ip().to_canonical().to_string());
        let ip = HeaderValue::from_maybe_shared(ip).unwrap_or_else(|_| HeaderValue::from_static("unknown"));
        Self { text: address.to_string().into(), ip, scheme }
    }

    pub(crate) fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// Address and port.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// The address alone; an IPv4 address in IPv6 clothes shows its true form.
    pub(crate) fn ip(&self) -> &HeaderValue {
        &self.ip
    }
}
