//! Digests and signed bytes as text.

/// A finished hash.
pub type Digest = [u8; 32];
/// A finished hash in lower-case hex.
pub type HexDigest = [u8; 64];

/// The digest in lower-case hex.
#[must_use]
pub fn hex_digest(digest: &Digest) -> HexDigest {
    // Arithmetic instead of a table, because compilers turn it into a few vector instructions.
    const fn digit(nibble: u8) -> u8 {
        nibble + if nibble > 9 { b'a' - 10 } else { b'0' }
    }
    let mut text = [0; 64];
    for (pair, byte) in text.as_chunks_mut::<2>().0.iter_mut().zip(digest) {
        *pair = [digit(byte >> 4), digit(byte & 15)];
    }
    text
}

/// The digest that 64 lower-case hex digits stand for; `None` for any other text.
#[must_use]
pub fn parse_digest(text: &[u8]) -> Option<Digest> {
    const BAD: u8 = 0xff;
    const fn nibble(digit: u8) -> u8 {
        match digit {
            b'0'..=b'9' => digit - b'0',
            b'a'..=b'f' => digit - b'a' + 10,
            _ => BAD,
        }
    }
    // One loop a step, because compilers turn each into a few vector instructions.
    let mut nibbles = *text.as_array::<64>()?;
    for digit in &mut nibbles {
        *digit = nibble(*digit);
    }
    let seen = nibbles.iter().fold(0, |seen, nibble| seen | nibble);
    let mut digest = [0; 32];
    for (byte, [high, low]) in digest.iter_mut().zip(nibbles.as_chunks::<2>().0) {
        *byte = high << 4 | low & 15;
    }
    (seen < 16).then_some(digest)
}

/// Signed bytes as text for people; what is not UTF-8 becomes U+FFFD.
pub(crate) fn to_text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_survive_the_round_trip_through_hex_and_no_other_text_is_one() {
        let digest: Digest = std::array::from_fn(|byte| byte as u8 * 8 + 5);
        let text = hex_digest(&digest);
        assert_eq!(parse_digest(&text), Some(digest));
        assert_eq!(parse_digest(&text.to_ascii_uppercase()), None);
        assert_eq!(parse_digest(&text[1..]), None);
        for position in 0..64 {
            for other in [b'g', b'/', b':', b'`', b' ', 0, 0xff] {
                let mut text = text;
                text[position] = other;
                assert_eq!(parse_digest(&text), None);
            }
        }
    }
}
