//! The request head that the verifier reads.

/// The request head as it arrived, before any normalization.
pub trait Head {
    /// Method token as on the wire.
    fn method(&self) -> &str;
    /// Raw request target in origin form (path and query), as on the wire.
    fn target(&self) -> &[u8];
    /// Header lines in wire order: name in any case, value without the surrounding blanks of the wire.
    fn headers(&self) -> impl Iterator<Item = (&str, &[u8])>;
}

/// The header lines, gathered once because each signed name is looked for among them.
pub(crate) struct Lines<'a>(Vec<(&'a str, &'a [u8])>);

impl<'a> Lines<'a> {
    pub(crate) fn of(head: &'a impl Head) -> Self {
        Self(head.headers().collect())
    }
}

/// Whether a header name in any case is the given one in lower case.
pub(crate) fn is_named(name: &str, lower: &str) -> bool {
    name.len() == lower.len() && is_lowered(name.as_bytes(), lower.as_bytes())
}

/// Eight bytes at a step, because names of one length are compared dozens of times a request; the last step
/// overlaps the one before it.
fn is_lowered(name: &[u8], lower: &[u8]) -> bool {
    let (Some(last), Some(last_lower)) = (name.last_chunk(), lower.last_chunk()) else {
        return name.eq_ignore_ascii_case(lower);
    };
    let mut steps = name.as_chunks().0.iter().zip(lower.as_chunks().0);
    is_word(last, last_lower) && steps.all(|(name, lower)| is_word(name, lower))
}

fn is_word(name: &[u8; 8], lower: &[u8; 8]) -> bool {
    to_lower(u64::from_ne_bytes(*name)) == u64::from_ne_bytes(*lower)
}

/// Eight ASCII characters in lower case: bit 5 is set in each byte from `A` to `Z`, which are those that reach 0x80
/// when 0x3f is added to their low seven bits but not when 0x25 is.
const fn to_lower(word: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let low = word & (0x7f * EACH);
    let capital = (low + 0x3f * EACH) & !(low + 0x25 * EACH) & !word & (0x80 * EACH);
    word | capital >> 2
}

/// The values of one header, trimmed and sorted; one empty value if it is absent.
pub(crate) struct Values<'a> {
    first: &'a [u8],
    others: Vec<&'a [u8]>,
}

impl<'a> Values<'a> {
    /// `name` in lower case.
    pub(crate) fn of(lines: &Lines<'a>, name: &str) -> Self {
        let mut lines = lines.0.iter().filter(|(other, _)| is_named(other, name));
        let first = lines.next().map_or([].as_slice(), |(_, value)| trim(value));
        let mut values = Self { first, others: lines.map(|(_, value)| trim(value)).collect() };
        if !values.others.is_empty() {
            values.others.push(first);
            values.others.sort_unstable();
            values.first = values.others.remove(0);
        }
        values
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &'a [u8]> {
        std::iter::once(self.first).chain(self.others.iter().copied())
    }
}

/// The value without surrounding spaces and tabs.
pub(crate) fn trim(mut value: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = value {
        value = rest;
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_regard_to_case_at_every_length_and_position() {
        let whole = "abcdefghijklmnopqrstuvwxyz0123456789-_";
        for length in 0..whole.len() {
            let lower = &whole[..length];
            assert!(is_named(lower, lower));
            assert!(is_named(&lower.to_uppercase(), lower));
            assert!(!is_named(&whole[..=length], lower));
            for position in 0..length {
                let mut other = lower.to_owned();
                other.replace_range(position..=position, "!");
                assert!(!is_named(&other, lower), "{other}");
            }
        }
    }

    #[test]
    fn a_word_is_lowered_byte_by_byte() {
        for byte in 0..=u8::MAX {
            for position in 0..8 {
                let mut word = *b"Zz@[`{A\xff";
                word[position] = byte;
                let lowered = to_lower(u64::from_ne_bytes(word)).to_ne_bytes();
                assert_eq!(lowered, word.map(|byte| byte.to_ascii_lowercase()));
            }
        }
    }

    #[test]
    fn only_letters_have_a_case() {
        for (one, other) in
            [("^", "~"), ("a[bcdefgh", "a{bcdefgh"), ("x@sdk-date", "x`sdk-date"), ("\r-------", "--------")]
        {
            assert!(!is_named(one, other), "{one} {other}");
        }
    }
}
