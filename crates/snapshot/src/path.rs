//! One policy for the spelling of paths: decoded once, and nothing that two readers could understand differently.
//!
//! The same function reads request paths and the literals of templates, so that both sides of a comparison have
//! gone through the same door. Refused are: dot segments (plain or encoded), empty segments (`//`), an encoded
//! slash, a backslash or control character in either spelling, a broken escape, and bytes that are not UTF-8.
//! A trailing slash is kept: it is significant.

use std::borrow::Cow;

/// Why a path is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It does not begin with `/`.
    #[error("the path does not begin with a slash")]
    Relative,
    /// A segment is `.` or `..` after decoding.
    #[error("the path has a dot segment")]
    DotSegment,
    /// Two slashes follow each other.
    #[error("the path has an empty segment")]
    EmptySegment,
    /// `%2F`: a slash to one reader, a character to another.
    #[error("the path has an encoded slash")]
    EncodedSlash,
    /// `\` or `%5C`.
    #[error("the path has a backslash")]
    Backslash,
    /// A control character, plain or encoded.
    #[error("the path has a control character")]
    Control,
    /// `%` without two hexadecimal digits.
    #[error("the path has a malformed percent escape")]
    Escape,
    /// The decoded bytes are not UTF-8.
    #[error("the path is not UTF-8")]
    NotUtf8,
}

/// Decodes a raw path once and checks it.
///
/// # Errors
/// [`Refusal`] for every ambiguous spelling.
pub fn decode(raw: &str) -> Result<Cow<'_, str>, Refusal> {
    if is_plain(raw) {
        return Ok(Cow::Borrowed(raw));
    }
    let decoded =
        if raw.as_bytes().contains(&b'%') { Cow::Owned(unescape(raw)?) } else { Cow::Borrowed(raw) };
    let below_root = decoded.strip_prefix('/').ok_or(Refusal::Relative)?;
    if decoded.bytes().any(|byte| byte == b'\\') {
        return Err(Refusal::Backslash);
    }
    if decoded.bytes().any(|byte| byte.is_ascii_control()) {
        return Err(Refusal::Control);
    }
    let mut segments = below_root.split('/').peekable();
    while let Some(segment) = segments.next() {
        match segment {
            "." | ".." => return Err(Refusal::DotSegment),
            "" if segments.peek().is_some() => return Err(Refusal::EmptySegment),
            _ => {}
        }
    }
    Ok(decoded)
}

/// Whether a glance is enough: nothing to decode, and no segment that could be empty or made of dots.
fn is_plain(raw: &str) -> bool {
    let mut after_slash = false;
    raw.starts_with('/')
        && raw.bytes().all(|byte| {
            let plain = byte.is_ascii_graphic()
                && !matches!(byte, b'%' | b'\\')
                && !(after_slash && matches!(byte, b'/' | b'.'));
            after_slash = byte == b'/';
            plain
        })
}

fn unescape(raw: &str) -> Result<String, Refusal> {
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        match (rest.next().and_then(hex_digit), rest.next().and_then(hex_digit)) {
            (Some(2), Some(15)) => return Err(Refusal::EncodedSlash),
            (Some(high), Some(low)) => bytes.push(high << 4 | low),
            _ => return Err(Refusal::Escape),
        }
    }
    String::from_utf8(bytes).map_err(|_| Refusal::NotUtf8)
}

/// Value of one hexadecimal digit in either case.
#[must_use]
pub fn hex_digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ambiguous_spelling_is_refused() {
        for (raw, refusal) in [
            ("", Refusal::Relative),
            ("*", Refusal::Relative),
            ("%2fa", Refusal::EncodedSlash),
            ("/a/./b", Refusal::DotSegment),
            ("/a/..", Refusal::DotSegment),
            ("/%2e%2E/a", Refusal::DotSegment),
            ("/.%2e", Refusal::DotSegment),
            ("//a", Refusal::EmptySegment),
            ("/a//", Refusal::EmptySegment),
            ("/a%2Fb", Refusal::EncodedSlash),
            ("/a\\b", Refusal::Backslash),
            ("/a%5cb", Refusal::Backslash),
            ("/a%00", Refusal::Control),
            ("/a%0d%0a", Refusal::Control),
            ("/a%", Refusal::Escape),
            ("/a%2", Refusal::Escape),
            ("/a%zz", Refusal::Escape),
            ("/%ff", Refusal::NotUtf8),
            ("/%c0%af", Refusal::NotUtf8),
        ] {
            assert_eq!(decode(raw), Err(refusal), "{raw}");
        }
    }

    #[test]
    fn a_path_is_decoded_exactly_once() {
        assert_eq!(decode("/a%20b/%E4%BD%A0/%252F/").unwrap(), "/a b/你/%2F/");
        assert!(matches!(decode("/plain/path"), Ok(Cow::Borrowed("/plain/path"))));
        assert_eq!(decode("/").unwrap(), "/");
    }
}
