//! The text of a query, piece by piece.

use countersign_snapshot::path::hex_digit;
use std::borrow::Cow;

/// The raw pieces of a query: text before and after the first `=`.
pub(crate) fn pairs(query: Option<&str>) -> impl Iterator<Item = (&str, &str)> {
    let pieces = query.unwrap_or_default().split('&').filter(|piece| !piece.is_empty());
    pieces.map(|piece| piece.split_once('=').unwrap_or((piece, "")))
}

/// Whether a raw query name means this name.
pub(crate) fn is_named(raw: &str, name: &str) -> bool {
    decode(raw).is_ok_and(|own| own == name)
}

/// Decodes a query text; a `%` that begins no escape stands for itself, and `+` too: official clients write
/// spaces as `%20`.
///
/// # Errors
/// What it encodes is not UTF-8.
pub(crate) fn decode(raw: &str) -> Result<Cow<'_, str>, ()> {
    if !raw.contains('%') {
        return Ok(Cow::Borrowed(raw));
    }
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        let escape = match after {
            [high, low, ..] if *byte == b'%' => hex_digit(*high).zip(hex_digit(*low)),
            _ => None,
        };
        bytes.push(escape.map_or(*byte, |(high, low)| high << 4 | low));
        if escape.is_some() {
            rest = rest.get(2..).unwrap_or_default();
        }
    }
    String::from_utf8(bytes).map(Cow::Owned).map_err(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_decoded_and_what_is_none_stands_for_itself() {
        for (raw, decoded) in
            [("a%20b", "a b"), ("100%", "100%"), ("%zz%4", "%zz%4"), ("a+b", "a+b"), ("%E4%BD%A0", "你")]
        {
            assert_eq!(decode(raw).unwrap(), decoded);
        }
        assert!(decode("%ff").is_err());
    }
}
