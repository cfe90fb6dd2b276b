//! Another Host than the one that arrived.

use super::Guess;
use crate::Mistake;
use crate::draft::Draft;
use crate::evidence::Evidence;

const FORWARDING: [&str; 3] = ["x-forwarded-host", "x-original-host", "x-forwarded-server"];
const PORTS: [&str; 6] = ["80", "443", "8080", "8443", "8000", "3000"];
const LOCALS: [&str; 4] = ["localhost", "127.0.0.1", "[::1]", "0.0.0.0"];

pub(super) fn guesses(evidence: &Evidence<'_>, draft: &Draft) -> Vec<Guess> {
    let Some(sent) = value(draft).filter(|host| !host.is_empty()) else { return Vec::new() };
    let (name, port) = split_port(&sent);
    let signed = |(mistake, host): (Mistake, Vec<u8>)| {
        Guess::about(mistake, &host.clone(), draft.with(|draft| set(draft, &host)))
    };
    let mut hosts = vec![(Mistake::HostLowerCased, sent.to_ascii_lowercase())];
    if port.is_empty() {
        let known = evidence.situation.place.hosts.iter().map(|host| split_port(host.as_bytes()).1);
        let ports = known.filter(|port| !port.is_empty()).chain(PORTS.iter().map(|port| port.as_bytes()));
        hosts.extend(ports.map(|port| (Mistake::HostWithPort, [name, b":", port].concat())));
    } else {
        hosts.push((Mistake::HostWithoutPort, name.to_vec()));
    }
    hosts.extend(forwarded(evidence).into_iter().map(|host| (Mistake::HostForwarded, host)));
    let others = evidence.situation.place.hosts.iter().flat_map(|host| ported(host.as_bytes(), port));
    hosts.extend(others.map(|host| (Mistake::HostOfAnotherName, host)));
    let locals = LOCALS.iter().flat_map(|host| ported(host.as_bytes(), port));
    hosts.extend(locals.map(|host| (Mistake::HostLocalhost, host)));
    hosts.extend(with_scheme(&sent).map(|host| (Mistake::HostWithScheme, host)));
    hosts.into_iter().map(signed).collect()
}

fn value(draft: &Draft) -> Option<Vec<u8>> {
    draft.block.iter().find(|(name, _)| name == b"host").map(|(_, value)| value.clone())
}

fn set(draft: &mut Draft, host: &[u8]) {
    for (_, value) in draft.block_mut().iter_mut().filter(|(name, _)| name == b"host") {
        *value = host.to_vec();
    }
}

/// Name and port, which may be empty; the colons of an IPv6 address are none of a port.
fn split_port(host: &[u8]) -> (&[u8], &[u8]) {
    let colon = host.iter().rposition(|byte| *byte == b':');
    let halves = colon.and_then(|colon| Some((host.get(..colon)?, host.get(colon + 1..)?)));
    halves.filter(|(_, port)| port.iter().all(u8::is_ascii_digit)).unwrap_or((host, b""))
}

/// As it is, without a port, with the port of the sent Host.
fn ported(host: &[u8], port: &[u8]) -> [Vec<u8>; 3] {
    let (name, _) = split_port(host);
    [host.to_vec(), name.to_vec(), [name, b":", port].concat()]
}

/// What forwarding headers tell; of a list, the first (RFC 7239 §4 for `Forwarded`).
fn forwarded(evidence: &Evidence<'_>) -> Vec<Vec<u8>> {
    let first =
        |value: &[u8]| value.split(|byte| *byte == b',').next().unwrap_or_default().trim_ascii().to_vec();
    let plain = FORWARDING.iter().filter_map(|name| evidence.value(name)).map(first);
    let parameters = evidence.values("forwarded").flat_map(|value| value.split(|byte| b";,".contains(byte)));
    let standard = parameters.filter_map(|parameter| {
        let (name, value) = parameter.trim_ascii().split_at_checked(5)?;
        let value = value.strip_prefix(b"\"").and_then(|value| value.strip_suffix(b"\"")).unwrap_or(value);
        name.eq_ignore_ascii_case(b"host=").then(|| value.to_vec())
    });
    plain.chain(standard).collect()
}

fn with_scheme(host: &[u8]) -> [Vec<u8>; 5] {
    [
        [b"https://", host].concat(),
        [b"http://", host].concat(),
        [b"https://", host, b"/"].concat(),
        [b"http://", host, b"/"].concat(),
        [host, b"/"].concat(),
    ]
}
