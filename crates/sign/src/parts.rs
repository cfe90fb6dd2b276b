//! A canonical request taken apart (§3), for whoever compares two of them.

/// The parts of a canonical request; a text with fewer lines has empty ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts<'a> {
    /// The method.
    pub method: &'a str,
    /// The path.
    pub path: &'a str,
    /// The query.
    pub query: &'a str,
    /// The lines of the header block.
    pub headers: Vec<&'a str>,
    /// The signed names.
    pub signed_names: &'a str,
    /// The payload line.
    pub payload: &'a str,
}

impl<'a> Parts<'a> {
    /// Takes a text apart whose lines end in `line_break`: LF, or `|` where a server shows it.
    #[must_use]
    pub fn of(text: &'a str, line_break: char) -> Self {
        let mut lines = text.split(line_break);
        let mut line = || lines.next().unwrap_or_default();
        let (method, path, query) = (line(), line(), line());
        let mut headers: Vec<_> = lines.collect();
        let payload = headers.pop().unwrap_or_default();
        let signed_names = headers.pop().unwrap_or_default();
        // The block ends in a line break, so that an empty line follows it.
        headers.pop_if(|line| line.is_empty());
        Self { method, path, query, headers, signed_names, payload }
    }
}
