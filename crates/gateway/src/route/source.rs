//! Where a request comes from: the peer, or whom a trusted proxy names.

use crate::accept::Request;
use countersign_snapshot::{Gateway, SourceAddress};
use http::{HeaderMap, HeaderName};
use std::net::{IpAddr, SocketAddr};

pub(crate) const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The source address, an IPv4 address never in IPv6 clothes. Only a trusted proxy can name another one than the peer,
/// and only where the gateway is told to look; what is missing, ambiguous or no address there leaves the peer.
pub(super) fn source(request: &Request, gateway: &Gateway) -> IpAddr {
    let peer = &request.peer;
    if !peer.is_trusted_proxy() {
        return peer.address();
    }
    let named = match &gateway.source_address {
        SourceAddress::Peer => None,
        SourceAddress::ForwardedFor(position) => forwarded_for(request.headers(), *position),
        SourceAddress::Header(name) => {
            request.single(name).ok().flatten().and_then(|line| address(line.as_bytes()))
        }
    };
    named.map_or_else(|| peer.address(), |named| named.to_canonical())
}

/// The entry at that position; the lines of the header are one list.
fn forwarded_for(headers: &HeaderMap, position: i32) -> Option<IpAddr> {
    let lines = headers.get_all(FORWARDED_FOR).iter();
    let mut entries = lines.flat_map(|line| line.as_bytes().split(|byte| *byte == b','));
    let distance = usize::try_from(position.unsigned_abs()).ok()?;
    let entry = match distance.checked_sub(1) {
        Some(before) if position < 0 => entries.nth_back(before),
        _ => entries.nth(distance),
    };
    address(entry?)
}

/// Some proxies add the port.
fn address(text: &[u8]) -> Option<IpAddr> {
    let text = str::from_utf8(text.trim_ascii()).ok()?;
    let with_port = || text.parse::<SocketAddr>().ok().map(|address| address.ip());
    text.parse().ok().or_else(with_port)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn entry(lines: &[&str], position: i32) -> Option<String> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(FORWARDED_FOR, HeaderValue::from_bytes(line.as_bytes()).unwrap());
        }
        forwarded_for(&headers, position).map(|address| address.to_string())
    }

    #[test]
    fn positions_count_from_both_ends_over_all_lines() {
        let lines = ["192.0.2.1, 192.0.2.2", "192.0.2.3"];
        for (position, last) in [(0, 1), (1, 2), (2, 3), (-1, 3), (-2, 2), (-3, 1)] {
            assert_eq!(entry(&lines, position), Some(format!("192.0.2.{last}")), "{position}");
        }
        for position in [3, -4, i32::MAX, i32::MIN] {
            assert_eq!(entry(&lines, position), None, "{position}");
        }
    }

    #[test]
    fn an_entry_may_have_a_port_and_spaces_and_nothing_else() {
        for (text, address) in [
            (" 192.0.2.1:8080 ", Some("192.0.2.1")),
            ("2001:db8::1", Some("2001:db8::1")),
            ("[2001:db8::1]:80", Some("2001:db8::1")),
            ("", None),
            ("unknown", None),
            ("192.0.2.1 192.0.2.2", None),
            ("192.0.2.256", None),
            ("\u{ff11}92.0.2.1", None),
        ] {
            assert_eq!(entry(&[text], 0).as_deref(), address, "{text:?}");
        }
        assert_eq!(entry(&[], -1), None);
    }
}
