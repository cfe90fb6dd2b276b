//! Who is at the other end of a connection, in the forms that every request on it needs.

use bytes::Bytes;
use http::HeaderValue;
use std::net::{IpAddr, SocketAddr};

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
    address: IpAddr,
    ip: HeaderValue,
    scheme: Scheme,
}

impl Peer {
    pub(crate) fn new(address: SocketAddr, scheme: Scheme) -> Self {
        let text = address.to_string().into();
        let address = address.ip().to_canonical();
        let ip = HeaderValue::from_maybe_shared(Bytes::from(address.to_string()));
        let ip = ip.unwrap_or_else(|_| HeaderValue::from_static("unknown"));
        Self { text, address, ip, scheme }
    }

    pub(crate) fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// Address and port.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// The address alone, for comparisons.
    pub(crate) fn address(&self) -> IpAddr {
        self.address
    }

    /// The address alone; an IPv4 address in IPv6 clothes shows its true form.
    pub(crate) fn ip(&self) -> &HeaderValue {
        &self.ip
    }
}
