//! Who is at the other end of a connection, in the forms that every request on it needs.

use bytes::Bytes;
use countersign_snapshot::AddressSet;
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
    address: IpAddr,
    text: Box<str>,
    ip: HeaderValue,
    scheme: Scheme,
    is_trusted_proxy: bool,
}

impl Peer {
    pub(crate) fn new(address: SocketAddr, scheme: Scheme) -> Self {
        let text = address.to_string().into();
        let address = address.ip().to_canonical();
        let ip = HeaderValue::from_maybe_shared(Bytes::from(address.to_string()));
        let ip = ip.unwrap_or_else(|_| HeaderValue::from_static("unknown"));
        Self { text, address, ip, scheme, is_trusted_proxy: false }
    }

    /// The same, believed about the source of its requests if it is one of these.
    pub(crate) fn among(self, trusted_proxies: &AddressSet) -> Self {
        Self { is_trusted_proxy: trusted_proxies.contains(self.address), ..self }
    }

    pub(crate) fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// Address and port.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// The address alone; an IPv4 address in IPv6 clothes is the IPv4 address.
    pub(crate) fn address(&self) -> IpAddr {
        self.address
    }

    /// The address alone, as text.
    pub(crate) fn ip(&self) -> &HeaderValue {
        &self.ip
    }

    /// Whether it is a proxy whose word about the source of a request is taken.
    pub(crate) fn is_trusted_proxy(&self) -> bool {
        self.is_trusted_proxy
    }
}
