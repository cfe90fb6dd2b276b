//! What a request may look like on the wire, and which of its headers are signed (§7.2 to §7.4).

use super::{Error, Request};
use crate::escape::TOKEN;
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

/// One line of the header block: the name in the caller's case, the value trimmed.
pub(super) type Line<'a> = (&'a str, &'a str);

/// The header block in order. Blank values and names with `_` are left out, because verifiers refuse the first
/// and common proxies drop the second (§7.3).
pub(super) fn signed_lines<'a>(
    given: &[(&'a str, &'a str)],
    added: &'a [(&'static str, String)],
) -> Result<Vec<Line<'a>>, Error> {
    let mut lines: Vec<Line<'a>> = Vec::with_capacity(given.len() + added.len());
    lines.extend(added.iter().map(|(name, value)| (*name, value.trim())));
    for (name, value) in given.iter().copied() {
        if !is_token(name) || !is_value(value) {
            return Err(Error::BadHeader(name.to_owned()));
        }
        let is_known = |(known, _): &Line<'_>| known.eq_ignore_ascii_case(name);
        if is_reserved(name)
            || lines.iter().take(added.len()).any(is_known)
            || (name.eq_ignore_ascii_case(names::HOST) && lines.iter().any(is_known))
        {
            return Err(Error::TakenHeader(name.to_owned()));
        }
        let value = value.trim_matches([' ', '\t']);
        if !value.is_empty() && !name.contains('_') && !is_rewritten(name) {
            lines.push((name, value));
        }
    }
    lines.sort_unstable_by(|one, other| {
        let lower = |name: &'a str| name.bytes().map(|byte| byte.to_ascii_lowercase());
        lower(one.0).cmp(lower(other.0)).then_with(|| one.1.cmp(other.1))
    });
    let has_host = lines.iter().any(|(name, _)| name.eq_ignore_ascii_case(names::HOST));
    if has_host { Ok(lines) } else { Err(Error::MissingHost) }
}

/// The names of the header block in lower case, each once, joined with `;`.
pub(super) fn join_names(lines: &[Line<'_>]) -> String {
    let mut list = String::with_capacity(16 * lines.len());
    let mut previous = "";
    for (name, _) in lines {
        if name.eq_ignore_ascii_case(previous) {
            continue;
        }
        if !list.is_empty() {
            list.push(';');
        }
        list.extend(name.chars().map(|character| character.to_ascii_lowercase()));
        previous = name;
    }
    list
}

fn is_rewritten(name: &str) -> bool {
    UNSIGNED.iter().any(|unsigned| unsigned.eq_ignore_ascii_case(name))
}

fn is_reserved(name: &str) -> bool {
    [names::AUTHORIZATION, names::DATE, names::CONTENT_SHA256, names::CONTENT_SM3]
        .iter()
        .any(|reserved| reserved.eq_ignore_ascii_case(name))
}

/// Method and target as they must be to stand on a request line.
pub(super) fn check_request_line(request: &Request<'_>) -> Result<(), Error> {
    if !is_token(request.method) {
        return Err(Error::BadMethod);
    }
    let clean = request.target.bytes().all(|byte| byte > b' ' && byte != 0x7f);
    if clean && request.target.starts_with('/') { Ok(()) } else { Err(Error::BadTarget) }
}

fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| TOKEN.has(byte))
}

/// Whether a header value breaks no line.
pub(super) fn is_value(text: &str) -> bool {
    !text.bytes().any(|byte| (byte < b' ' && byte != b'\t') || byte == 0x7f)
}
