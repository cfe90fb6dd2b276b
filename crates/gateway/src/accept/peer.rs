//! Who is at the other end of a connection, in the forms that every request on it needs.

use bytes::Bytes;
use countersign_snapshot::AddressSet;
use http::HeaderValue;
use std::net::{IpAddr, SocketAddr};

/// The address of a client, rendered once a connection.
pub(crate) struct Peer {
    address: IpAddr,
    text: Box<str>,
    ip: HeaderValue,
    is_trusted_proxy: bool,
}

impl Peer {
    pub(crate) fn new(address: SocketAddr, trusted_proxies: &AddressSet) -> Self {
        let text = address.to_string().into();
        let address = address.ip().to_canonical();
        let ip = Bytes::from(address.to_string());
        let ip = HeaderValue::from_maybe_shared(ip).unwrap_or_else(|_| HeaderValue::from_static("unknown"));
        Self { address, text, ip, is_trusted_proxy: trusted_proxies.contains(address) }
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
