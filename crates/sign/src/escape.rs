//! Percent-encoding over bytes: what is kept, what is escaped, decoding once (§1.3).

/// A set of bytes. In percent-encoding its bytes are written as they are, and every other becomes `%XX` with
/// upper-case digits.
pub struct Kept([bool; 256]);

/// `A-Z a-z 0-9 - . _ ~`
pub static UNRESERVED: Kept = Kept::unreserved();
/// The unreserved characters and `/`.
pub static PATH: Kept = Kept::unreserved().and_all(b"/");

/// The bytes of a method or header name (the token of RFC 9110).
pub(crate) static TOKEN: Kept = Kept::unreserved().and_all(b"!#$%&'*+^`|");

impl Kept {
    /// The unreserved characters.
    #[must_use]
    pub const fn unreserved() -> Self {
        let mut table = [false; 256];
        let mut byte = 0;
        while byte < 256 {
            table[byte] =
                (byte as u8).is_ascii_alphanumeric() || matches!(byte as u8, b'-' | b'.' | b'_' | b'~');
            byte += 1;
        }
        Self(table)
    }

    /// The set with these bytes added.
    #[must_use]
    pub const fn and_all(mut self, bytes: &[u8]) -> Self {
        let mut rest = bytes;
        while let [byte, others @ ..] = rest {
            self.0[*byte as usize] = true;
            rest = others;
        }
        self
    }

    /// Whether the byte is in the set.
    pub(crate) const fn has(&self, byte: u8) -> bool {
        self.0[byte as usize]
    }

    /// Whether every byte is in the set. It looks at all of them, which is faster than to stop at the first other.
    pub(crate) fn has_all(&self, bytes: &[u8]) -> bool {
        bytes.iter().fold(true, |all, byte| all & self.has(*byte))
    }

    /// Splits off the longest start that needs no escaping.
    pub(crate) fn split_kept<'a>(&self, bytes: &'a [u8]) -> (&'a [u8], &'a [u8]) {
        let length = bytes.iter().position(|byte| !self.has(*byte)).unwrap_or(bytes.len());
        bytes.split_at(length)
    }

    fn write_byte(&self, byte: u8, out: &mut Vec<u8>) {
        const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
        if self.has(byte) {
            out.push(byte);
        } else {
            out.extend_from_slice(&[b'%', DIGITS[(byte >> 4) as usize], DIGITS[(byte & 15) as usize]]);
        }
    }

    /// Writes the bytes escaped, a `%` like any other.
    pub fn encode(&self, bytes: &[u8], out: &mut Vec<u8>) {
        for byte in bytes {
            self.write_byte(*byte, out);
        }
    }

    /// Writes the bytes decoded once and escaped again: the one spelling of what they mean.
    pub fn normalize(&self, bytes: &[u8], out: &mut Vec<u8>) {
        let (kept, mut rest) = self.split_kept(bytes);
        out.extend_from_slice(kept);
        while let Some((byte, after)) = decode_first(rest) {
            self.write_byte(byte, out);
            let (kept, after) = self.split_kept(after);
            out.extend_from_slice(kept);
            rest = after;
        }
    }
}

/// The bytes meant by percent-encoded text; a `%` without two hex digits stands for itself.
#[derive(Clone)]
pub struct Decoded<'a>(pub &'a [u8]);

impl Iterator for Decoded<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        let (byte, rest) = decode_first(self.0)?;
        self.0 = rest;
        Some(byte)
    }
}

fn decode_first(bytes: &[u8]) -> Option<(u8, &[u8])> {
    if let [b'%', high, low, rest @ ..] = bytes
        && let (Some(high), Some(low)) = (hex_value(*high), hex_value(*low))
    {
        return Some((high << 4 | low, rest));
    }
    bytes.split_first().map(|(byte, rest)| (*byte, rest))
}

const fn hex_value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normalized(text: &str) -> String {
        let mut out = Vec::new();
        UNRESERVED.normalize(text.as_bytes(), &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn normalizing_decodes_once_and_escapes_with_upper_case_digits() {
        assert_eq!(normalized("a%7e%2fb c%25"), "a~%2Fb%20c%25");
        assert_eq!(normalized("é+*"), "%C3%A9%2B%2A");
    }

    #[test]
    fn a_percent_sign_without_two_digits_stands_for_itself() {
        assert_eq!(normalized("%"), "%25");
        assert_eq!(normalized("%4"), "%254");
        assert_eq!(normalized("%zz%41"), "%25zzA");
    }

    #[test]
    fn encoding_does_not_decode() {
        let mut out = Vec::new();
        PATH.encode(b"/a%20b", &mut out);
        assert_eq!(out, b"/a%2520b");
    }

    #[test]
    fn decoding_yields_the_bytes_that_normalizing_escapes() {
        assert_eq!(Decoded(b"a%2Fb%").collect::<Vec<_>>(), b"a/b%");
    }
}
