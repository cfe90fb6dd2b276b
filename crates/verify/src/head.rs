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

/// The values of one header, trimmed and sorted; one empty value if it is absent.
pub(crate) struct Values<'a> {
    first: &'a [u8],
    others: Vec<&'a [u8]>,
}

impl<'a> Values<'a> {
    pub(crate) fn of(head: &'a impl Head, name: &str) -> Self {
        let mut lines = head.headers().filter(|(other, _)| other.eq_ignore_ascii_case(name));
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
