//! The request head that the verifier reads.

use smallvec::SmallVec;

/// The request head as it arrived, before any normalization.
pub trait Head {
    /// Method token as on the wire.
    fn method(&self) -> &str;
    /// Raw request target in origin form (path and query), as on the wire.
    fn target(&self) -> &[u8];
    /// Header lines in wire order: name in any case, value without the surrounding blanks of the wire.
    fn headers(&self) -> impl Iterator<Item = (&str, &[u8])>;
}

/// The values of one header, trimmed; usually one.
pub(crate) type Values<'a> = SmallVec<[&'a [u8]; 2]>;

/// Every value of the named header in wire order.
pub(crate) fn values<'a>(head: &'a impl Head, name: &str) -> Values<'a> {
    head.headers()
        .filter(|(other, _)| other.eq_ignore_ascii_case(name))
        .map(|(_, value)| trim(value))
        .collect()
}

/// The value without surrounding spaces and tabs.
pub(crate) fn trim(mut value: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = value {
        value = rest;
    }
    value
}
