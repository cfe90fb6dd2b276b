//! Spellings of percent-encoded text.

use countersign_sign::escape::{Decoded, Kept, UNRESERVED};

/// What JavaScript's `encodeURIComponent` leaves unescaped.
pub(crate) static COMPONENT: Kept = Kept::unreserved().and_all(b"!'()*");
/// What the generic syntax allows in a path segment (RFC 3986 §3.3).
pub(crate) static SEGMENT: Kept = Kept::unreserved().and_all(b"!$&'()*+,;=:@");

/// Decoded once.
pub(crate) fn decoded(text: &[u8]) -> Vec<u8> {
    Decoded(text).collect()
}

/// Every byte outside the set escaped.
pub(crate) fn encoded(kept: &Kept, text: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    kept.encode(text, &mut out);
    out
}

/// As form encoders write it: a space is `+`, `*` stays and `~` is escaped.
pub(crate) fn form_encoded(text: &[u8]) -> Vec<u8> {
    replaced(&replaced(&replaced(&encoded(&UNRESERVED, text), b"%20", b"+"), b"%2A", b"*"), b"~", b"%7E")
}

/// With the hex digits of escapes in lower case.
pub(crate) fn with_lower_escapes(text: &[u8]) -> Vec<u8> {
    let mut out = text.to_vec();
    for index in 0..out.len() {
        if out.get(index) == Some(&b'%')
            && let Some(digits) = out.get_mut(index + 1..index + 3)
        {
            digits.make_ascii_lowercase();
        }
    }
    out
}

/// Every occurrence replaced.
pub(crate) fn replaced(text: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, after)) = rest.split_first() {
        if let Some(after) = rest.strip_prefix(from) {
            out.extend_from_slice(to);
            rest = after;
        } else {
            out.push(*first);
            rest = after;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_differ_where_encoders_do() {
        assert_eq!(form_encoded(b"a b*~+"), b"a+b*%7E%2B");
        assert_eq!(encoded(&COMPONENT, b"a b*~+"), b"a%20b*~%2B");
        assert_eq!(with_lower_escapes(b"A%2F%C3%"), b"A%2f%c3%");
        assert_eq!(replaced(b"a//b//", b"//", b"/"), b"a/b/");
    }
}
