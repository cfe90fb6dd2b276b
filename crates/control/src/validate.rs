//! Checks of single values that many resources share. Lengths are characters, not bytes.

use crate::Error;

/// Longest remark in characters.
pub const REMARK_CHARS_MAX: usize = 255;

/// The value, or the refusal that it must be given.
///
/// # Errors
/// `APIG.2001` naming the parameter.
pub fn required<T>(parameter: &str, value: Option<T>) -> Result<T, Error> {
    value.ok_or_else(|| Error::missing(parameter))
}

/// Passes when the value is acceptable.
///
/// # Errors
/// `APIG.2012` naming the parameter.
pub fn check(parameter: &str, acceptable: bool) -> Result<(), Error> {
    if acceptable { Ok(()) } else { Err(Error::invalid(parameter)) }
}

/// A name: 3 to 64 characters, first a letter, then letters, digits and underscores. Letters of any script count,
/// because the contract allows Chinese.
#[must_use]
pub fn is_name(text: &str) -> bool {
    is_word(text, (3, 64), char::is_alphabetic, |c| c.is_alphanumeric() || c == '_')
}

/// A remark: at most [`REMARK_CHARS_MAX`] characters without angle brackets.
#[must_use]
pub fn is_remark(text: &str) -> bool {
    is_length(text, (0, REMARK_CHARS_MAX)) && !text.contains(['<', '>'])
}

/// A text of `min` to `max` characters, all of which pass `each` and the first one `first`.
#[must_use]
pub fn is_word(
    text: &str,
    length: (usize, usize),
    first: impl Fn(char) -> bool,
    each: impl Fn(char) -> bool,
) -> bool {
    is_length(text, length) && text.chars().next().is_none_or(first) && text.chars().all(each)
}

/// `min` to `max` characters.
#[must_use]
pub fn is_length(text: &str, (min, max): (usize, usize)) -> bool {
    (min..=max).contains(&text.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_start_with_a_letter_and_have_3_to_64_characters() {
        for good in ["abc", "a_1", "网关组", &"a".repeat(64)] {
            assert!(is_name(good), "{good:?}");
        }
        for bad in ["", "ab", "1ab", "_ab", "a b", "a-b", "a<b", "a\nb", &"a".repeat(65)] {
            assert!(!is_name(bad), "{bad:?}");
        }
    }

    #[test]
    fn remarks_count_characters_and_not_bytes() {
        assert!(is_remark(&"注".repeat(255)));
        assert!(!is_remark(&"a".repeat(256)));
        assert!(!is_remark("<script>"));
    }
}
