//! What a request may look like on the wire, and which of its headers are signed (§7.2 to §7.4).

use super::{Error, Request};
use crate::names;

/// Names that intermediaries add, drop or rewrite: a signature over them would not survive the way.
const UNSIGNED: [&str; 11] = [
    "connection",
    "content-length",
    "expect",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// The header block in order: lower-case names and trimmed values, sorted. Blank values and names with `_`
/// are left out, because verifiers refuse the first and common proxies drop the second (§7).
pub(super) fn signed_lines<'a>(
    given: &[(&str, &'a str)],
    added: &'a [(&'static str, String)],
) -> Result<Vec<(String, &'a str)>, Error> {
    let mut lines: Vec<_> =
        added.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.trim())).collect();
    for (name, value) in given {
        if !is_name(name) || !is_value(value) {
            return Err(Error::BadHeader((*name).to_owned()));
        }
        let (name, value) = (name.to_ascii_lowercase(), value.trim_matches([' ', '\t']));
        let taken = is_reserved(&name) || added.iter().any(|(added, _)| added.eq_ignore_ascii_case(&name));
        if taken || (name == "host" && lines.iter().any(|(other, _)| *other == name)) {
            return Err(Error::TakenHeader(name));
        }
        if !value.is_empty() && !name.contains('_') && !UNSIGNED.contains(&name.as_str()) {
            lines.push((name, value));
        }
    }
    lines.sort_unstable();
    if lines.iter().any(|(name, _)| name == "host") { Ok(lines) } else { Err(Error::MissingHost) }
}

fn is_reserved(name: &str) -> bool {
    [names::AUTHORIZATION, names::DATE, names::CONTENT_SHA256, names::CONTENT_SM3]
        .iter()
        .any(|reserved| reserved.eq_ignore_ascii_case(name))
}

/// Method and target as they must be to stand on a request line.
pub(super) fn check_request_line(request: &Request<'_>) -> Result<(), Error> {
    if !is_name(request.method) {
        return Err(Error::BadMethod);
    }
    let clean = request.target.bytes().all(|byte| byte > b' ' && byte != 0x7f);
    if clean && request.target.starts_with('/') { Ok(()) } else { Err(Error::BadTarget) }
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// Whether a header value breaks no line.
pub(super) fn is_value(text: &str) -> bool {
    !text.bytes().any(|byte| (byte < b' ' && byte != b'\t') || byte == 0x7f)
}
