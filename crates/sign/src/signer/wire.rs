//! What a request may look like on the wire, and which of its headers are signed (§7.2 to §7.4).

use super::{Error, Request};
use crate::escape::TOKEN;
use crate::names::{RESERVED, REWRITTEN};

/// One line of the header block: the name in lower case, the value trimmed.
pub(super) type Line<'a> = (String, &'a str);

/// The header block in order. Headers with a blank value and names with `_` are left out, because verifiers refuse
/// the first and common proxies drop the second (§7.3).
pub(super) fn signed_lines<'a>(
    given: &[(&'a str, &'a str)],
    added: &'a [(&'static str, String)],
) -> Result<Vec<Line<'a>>, Error> {
    let mut lines: Vec<Line<'a>> = Vec::with_capacity(given.len() + added.len());
    lines.extend(added.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.trim())));
    for (name, value) in given.iter().copied() {
        if !is_token(name) || !is_value(value) {
            return Err(Error::BadHeader(name.to_owned()));
        }
        let lower = name.to_ascii_lowercase();
        let is_known = |(known, _): &Line<'_>| *known == lower;
        if RESERVED.contains(&lower.as_str())
            || lines.iter().take(added.len()).any(is_known)
            || (lower == "host" && lines.iter().any(is_known))
        {
            return Err(Error::TakenHeader(name.to_owned()));
        }
        let value = value.trim_matches([' ', '\t']);
        if !lower.contains('_') && !REWRITTEN.contains(&lower.as_str()) {
            lines.push((lower, value));
        }
    }
    // Byte by byte, because names mostly differ in the first.
    lines.sort_unstable_by(|one, other| one.0.bytes().cmp(other.0.bytes()).then_with(|| one.1.cmp(other.1)));
    leave_out_blanks(&mut lines);
    let has_host = lines.iter().any(|(name, _)| name == "host");
    if has_host { Ok(lines) } else { Err(Error::MissingHost) }
}

/// Leaves out the names of which a line is blank, with all their lines: who verifies a name walks every line of it.
fn leave_out_blanks(lines: &mut Vec<Line<'_>>) {
    // In order, the blank line of a name is its first.
    while let Some(blank) = lines.iter().position(|(_, value)| value.is_empty()) {
        let name = lines.remove(blank).0;
        lines.retain(|(other, _)| *other != name);
    }
}

/// The names of the header block, each once, joined with `;`.
pub(super) fn join_names(lines: &[Line<'_>]) -> String {
    let mut list = String::with_capacity(16 * lines.len());
    let mut previous = "";
    for (name, _) in lines {
        if name == previous {
            continue;
        }
        if !list.is_empty() {
            list.push(';');
        }
        list.push_str(name);
        previous = name;
    }
    list
}

/// Method and target as they must be to stand on a request line.
pub(super) fn check_request_line(request: &Request<'_>) -> Result<(), Error> {
    if !is_token(request.method) {
        return Err(Error::BadMethod);
    }
    let clean = request.target.bytes().fold(true, |clean, byte| clean & (byte > b' ') & (byte != 0x7f));
    if clean && request.target.starts_with('/') { Ok(()) } else { Err(Error::BadTarget) }
}

fn is_token(text: &str) -> bool {
    !text.is_empty() && TOKEN.has_all(text.as_bytes())
}

/// Whether a header value breaks no line. It looks at every byte, which is faster than to stop at a bad one.
pub(super) fn is_value(text: &str) -> bool {
    text.bytes().fold(true, |clean, byte| clean & ((byte >= b' ') | (byte == b'\t')) & (byte != 0x7f))
}
