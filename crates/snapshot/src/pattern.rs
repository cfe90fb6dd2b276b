//! Regular expressions of policies.

use crate::error::Fault;
use regex::{Regex, RegexBuilder};

/// Longest expression in bytes.
const TEXT_BYTES_MAX: usize = 1024;
/// Most memory of one compiled expression, and again of what it remembers while matching, in bytes.
const MEMORY_BYTES_MAX: usize = 64 * 1024;

/// A regular expression that a text matches as a whole. Matching takes time linear in the text, whatever the
/// expression.
#[derive(Debug)]
pub struct Pattern(Regex);

impl Pattern {
    /// Reads an expression. It has neither back-references nor look-around.
    ///
    /// # Errors
    /// A text that is no such expression, or needs too much memory.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        if text.len() > TEXT_BYTES_MAX {
            return Err(Fault::TooLong("pattern"));
        }
        // Alone first: a stray parenthesis must not end the group around it.
        build(text)?;
        build(&format!(r"\A(?:{text})\z")).map(Self)
    }

    /// Whether it matches the whole text.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        self.0.is_match(text)
    }
}

fn build(text: &str) -> Result<Regex, Fault> {
    RegexBuilder::new(text)
        .size_limit(MEMORY_BYTES_MAX)
        .dfa_size_limit(MEMORY_BYTES_MAX)
        .build()
        .map_err(|_| Fault::Invalid("pattern"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_matches_the_whole_text_or_not_at_all() {
        let matches = |pattern, text| Pattern::parse(pattern).unwrap().matches(text);
        assert!(matches("[0-5]", "3"));
        assert!(!matches("[0-5]", "13"));
        assert!(matches("a|ab", "ab"));
        assert!(!matches("a|b", "xb"));
        assert!(!matches("a", "a\n"));
    }

    #[test]
    fn what_is_no_pattern_or_needs_too_much_is_refused() {
        for bad in ["(", "a)|(b", "(?=a)", r"(a)\1", "x{1000}{1000}", "[", &"a".repeat(1025)] {
            assert!(Pattern::parse(bad).is_err(), "{bad:.40}");
        }
    }
}
