//! Patterns with wildcards.

/// A pattern: `*` stands for any text, and in some patterns `?` for any one character.
#[derive(Debug, Clone)]
pub(crate) struct Glob(Box<[Token]>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Byte(u8),
    One,
    Many,
}

impl Glob {
    /// A pattern in which only `*` is special.
    pub(crate) fn stars(text: &str) -> Self {
        Self::new(text.bytes().map(|byte| if byte == b'*' { Token::Many } else { Token::Byte(byte) }))
    }

    /// A pattern in which `*` and `?` are special; `?` stands for one byte of ASCII or one whole character.
    pub(crate) fn stars_and_marks(text: &str) -> Self {
        Self::new(text.bytes().map(|byte| match byte {
            b'*' => Token::Many,
            b'?' => Token::One,
            other => Token::Byte(other),
        }))
    }

    fn new(tokens: impl Iterator<Item = Token>) -> Self {
        let mut tokens: Vec<_> = tokens.collect();
        tokens.dedup_by(|next, last| *next == Token::Many && *last == Token::Many);
        Self(tokens.into())
    }

    /// Whether the whole text fits. Only the last `*` is ever tried again, since what fits before an earlier one fits
    /// as well: at most one comparison a token and a byte.
    pub(crate) fn matches(&self, text: &[u8]) -> bool {
        let (mut at, mut seen) = (0, 0);
        let mut retry: Option<(usize, usize)> = None;
        while let Some(byte) = text.get(seen) {
            match self.0.get(at) {
                Some(Token::Many) => {
                    at += 1;
                    retry = Some((at, seen));
                }
                Some(Token::One) => {
                    at += 1;
                    seen += character(text, seen);
                }
                Some(Token::Byte(wanted)) if wanted == byte => {
                    at += 1;
                    seen += 1;
                }
                _ => {
                    let Some((after_star, from)) = retry else { return false };
                    (at, seen) = (after_star, from + character(text, from));
                    retry = Some((at, seen));
                }
            }
        }
        self.0.iter().skip(at).all(|token| *token == Token::Many)
    }
}

/// Bytes of the character that starts here.
fn character(text: &[u8], start: usize) -> usize {
    let continues = |byte: &&u8| **byte & 0b1100_0000 == 0b1000_0000;
    1 + text.iter().skip(start + 1).take_while(continues).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;

    fn fits(pattern: &str, text: &str) -> bool {
        Glob::stars_and_marks(pattern).matches(text.as_bytes())
    }

    #[test]
    fn a_star_is_any_text_and_a_mark_one_character() {
        for (pattern, text) in
            [("", ""), ("*", ""), ("*", "abc"), ("a*c", "abbc"), ("*b*", "abc"), ("a?c", "abc"), ("?", "é")]
        {
            assert!(fits(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in
            [("", "a"), ("a", ""), ("a*c", "ab"), ("?", ""), ("?", "ab"), ("*a", "ab"), ("a*b*c", "acb")]
        {
            assert!(!fits(pattern, text), "{pattern} {text}");
        }
    }

    #[test]
    fn a_mark_is_a_character_of_its_own_where_only_stars_are_special() {
        assert!(Glob::stars("a?").matches(b"a?"));
        assert!(!Glob::stars("a?").matches(b"ab"));
    }

    #[test]
    fn many_stars_over_a_long_text_do_not_explode() {
        let pattern = format!("{}b", "a*".repeat(700));
        let started = Instant::now();
        assert!(!fits(&pattern, &"a".repeat(20_000)));
        assert!(started.elapsed().as_secs() < 2, "{:?}", started.elapsed());
    }
}
