//! What an authorizer tells beside yes or no: names and texts.

/// Most values of a context.
const VALUES_MAX: usize = 256;
/// Names and values together, in bytes.
const BYTES_MAX: usize = 64 * 1024;
/// Longest name in characters.
const NAME_CHARS_MAX: usize = 32;

/// Names and texts, in the order of the function's answer.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Context(Box<[(Box<str>, Box<str>)]>);

impl Context {
    /// Takes the values if they are within bounds and could be put into a header line.
    pub(super) fn new(values: Vec<(Box<str>, Box<str>)>) -> Option<Self> {
        let context = Self(values.into());
        let fits =
            |(name, value): &(Box<str>, Box<str>)| is_name(name) && !value.contains(|c: char| c.is_control());
        let within = context.0.len() <= VALUES_MAX && context.bytes() <= BYTES_MAX;
        (within && context.0.iter().all(fits)).then_some(context)
    }

    /// The text under this name; letters as the function wrote them.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, _)| **own == *name).map(|(_, value)| &**value)
    }

    /// Names and values together.
    pub(super) fn bytes(&self) -> usize {
        self.0.iter().map(|(name, value)| name.len() + value.len()).sum()
    }
}

/// 1 to 32 letters, digits, hyphens and underscores, first a letter.
fn is_name(name: &str) -> bool {
    name.len() <= NAME_CHARS_MAX
        && name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn context(values: &[(&str, &str)]) -> Option<Context> {
        Context::new(values.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect())
    }

    #[test]
    fn names_are_found_as_they_are_written() {
        let context = context(&[("user", "abc"), ("User", "")]).unwrap();
        assert_eq!(
            (context.get("user"), context.get("User"), context.get("USER")),
            (Some("abc"), Some(""), None)
        );
    }

    #[test]
    fn names_and_sizes_have_bounds() {
        for bad in ["", "1a", "_a", "a.b", "a b", "ä", &"a".repeat(33)] {
            assert_eq!(context(&[(bad, "x")]), None, "{bad}");
        }
        assert!(context(&[(&"a".repeat(32), "x")]).is_some());
        assert_eq!(context(&[("a", "line\nfeed")]), None);
        assert_eq!(context(&[("a", &"x".repeat(BYTES_MAX))]), None);
        let many: Vec<_> = (0..=VALUES_MAX).map(|number| (format!("a{number}").into(), "".into())).collect();
        assert_eq!(Context::new(many), None);
    }
}
