//! The `Host` header, read for routing; signatures use its raw value.

use std::{borrow::Cow, net::Ipv4Addr, net::Ipv6Addr};

/// What a `Host` header names.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Host<'a> {
    /// A name, in lower case.
    Name(Cow<'a, str>),
    /// The bare address of the listener: an IP literal, or `localhost`.
    Address,
}

/// Which bytes names are made of; a table, because every request asks for every byte of its host.
const NAME_BYTES: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        table[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        byte += 1;
    }
    table
};

/// Reads `host[:port]`; `None` when it is neither a name nor an address.
pub(super) fn parse(value: &[u8]) -> Option<Host<'_>> {
    let text = std::str::from_utf8(value).ok()?;
    if let Some(rest) = text.strip_prefix('[') {
        let (address, port) = rest.split_once(']')?;
        let port_is_valid = port.is_empty() || port.strip_prefix(':').is_some_and(is_port);
        return (port_is_valid && address.parse::<Ipv6Addr>().is_ok()).then_some(Host::Address);
    }
    let (name, port) = text.split_once(':').map_or((text, None), |(name, port)| (name, Some(port)));
    let is_name = |byte: u8| NAME_BYTES.get(usize::from(byte)).is_some_and(|is| *is);
    if name.is_empty() || !name.bytes().all(is_name) || !port.is_none_or(is_port) {
        return None;
    }
    let is_ipv4 = name.ends_with(|end: char| end.is_ascii_digit()) && name.parse::<Ipv4Addr>().is_ok();
    if is_ipv4 || name.eq_ignore_ascii_case("localhost") {
        return Some(Host::Address);
    }
    Some(Host::Name(if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }))
}

fn is_port(text: &str) -> bool {
    text.is_empty() || (text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_port_and_case() {
        for host in ["Api.Example.COM", "api.example.com:443", "API.example.com:"] {
            assert_eq!(parse(host.as_bytes()), Some(Host::Name("api.example.com".into())), "{host}");
        }
    }

    #[test]
    fn ip_literals_and_localhost_are_the_address() {
        for host in ["127.0.0.1", "10.1.2.3:8080", "[::1]", "[::1]:80", "localhost", "LOCALHOST:9"] {
            assert_eq!(parse(host.as_bytes()), Some(Host::Address), "{host}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        for host in ["", ":80", "a@b", "a/b", "a:x", "a:70000", "a b", "[::1", "[::1]x", "[a]", "é", "a,b"] {
            assert_eq!(parse(host.as_bytes()), None, "{host}");
        }
    }
}
