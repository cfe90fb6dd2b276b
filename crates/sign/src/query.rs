//! The canonical query (§3.2) and the orders that official clients sign.

use crate::escape::{Decoded, UNRESERVED};
use smallvec::SmallVec;
use std::cmp::Ordering;

/// The pairs of a raw query in wire order. Nothing is decoded yet and nothing is copied.
pub struct Query<'a>(Pairs<'a>);

type Pairs<'a> = SmallVec<[Pair<'a>; 8]>;

#[derive(Clone, Copy)]
struct Pair<'a> {
    name: &'a [u8],
    value: &'a [u8],
}

/// The order of the pairs in the canonical text. All orders denote the same multiset of pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// By decoded name, then decoded value (Q1): the documented order.
    Decoded,
    /// By encoded name, then encoded value (Q3): the C++ client.
    Encoded,
    /// By encoded name; values of one name stay in wire order (Q2): the Java client.
    EncodedNames,
    /// As on the wire (Q4): the PHP client for values that look like numbers.
    Wire,
}

/// Whether a raw query is its own canonical text in every order: there is nothing to decode or to escape, each
/// pair has its `=`, and the pairs ascend. Most clients send what they sign.
pub(crate) fn is_canonical(raw: &[u8]) -> bool {
    let (mut previous, mut rest) = (Pair { name: &[], value: &[] }, raw);
    while let (name, [b'=', after @ ..]) = UNRESERVED.split_kept(rest) {
        let (value, after) = UNRESERVED.split_kept(after);
        let pair = Pair { name, value };
        match after {
            _ if previous.compare_plain(&pair).is_gt() => return false,
            [] => return true,
            [b'&', after @ ..] => (previous, rest) = (pair, after),
            _ => return false,
        }
    }
    raw.is_empty()
}

impl<'a> Query<'a> {
    /// Splits at `&`, ignoring empty pieces, and each piece at its first `=`.
    #[must_use]
    pub fn parse(raw: &'a [u8]) -> Self {
        Self(raw.split(|byte| *byte == b'&').filter(|piece| !piece.is_empty()).map(Pair::parse).collect())
    }

    /// How many pairs there are.
    #[must_use]
    pub fn pair_count(&self) -> usize {
        self.0.len()
    }

    /// Appends the canonical query in the given order; `=` stands even before an empty value.
    pub fn write(&self, order: Order, out: &mut Vec<u8>) {
        let mut pairs = self.0.clone();
        match order {
            Order::Decoded => pairs.sort_by(Pair::compare_decoded),
            Order::Encoded => pairs.sort_by_cached_key(|pair| (encoded(pair.name), encoded(pair.value))),
            Order::EncodedNames => pairs.sort_by_cached_key(|pair| encoded(pair.name)),
            Order::Wire => {}
        }
        for (position, pair) in pairs.iter().enumerate() {
            if position > 0 {
                out.push(b'&');
            }
            UNRESERVED.normalize(pair.name, out);
            out.push(b'=');
            UNRESERVED.normalize(pair.value, out);
        }
    }
}

impl<'a> Pair<'a> {
    fn parse(piece: &'a [u8]) -> Self {
        let mut halves = piece.splitn(2, |byte| *byte == b'=');
        Self { name: halves.next().unwrap_or_default(), value: halves.next().unwrap_or_default() }
    }

    /// Byte by byte, because names mostly differ in the first.
    fn compare_plain(&self, other: &Self) -> Ordering {
        self.name.iter().cmp(other.name).then_with(|| self.value.iter().cmp(other.value))
    }

    fn compare_decoded(&self, other: &Self) -> Ordering {
        compare_decoded(self.name, other.name).then_with(|| compare_decoded(self.value, other.value))
    }
}

/// Compares what is meant, without writing it down; text without `%` means itself.
fn compare_decoded(one: &[u8], other: &[u8]) -> Ordering {
    if one.contains(&b'%') || other.contains(&b'%') {
        Decoded(one).cmp(Decoded(other))
    } else {
        one.cmp(other)
    }
}

fn encoded(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    UNRESERVED.normalize(text, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(order: Order, query: &str) -> String {
        let mut out = Vec::new();
        Query::parse(query.as_bytes()).write(order, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn pairs_are_sorted_by_decoded_name_then_value() {
        assert_eq!(written(Order::Decoded, "b=2&a=10&a=9&%61=1"), "a=1&a=10&a=9&b=2");
    }

    #[test]
    fn an_empty_value_keeps_its_equals_sign_and_empty_pieces_vanish() {
        assert_eq!(written(Order::Decoded, "&b&a=&&"), "a=&b=");
        assert_eq!(written(Order::Decoded, ""), "");
        assert_eq!(written(Order::Decoded, "a=b=c"), "a=b%3Dc");
    }

    #[test]
    fn a_query_that_counts_as_canonical_is_written_as_it_is_in_every_order() {
        for query in ["", "=", "a=", "=1", "a=&a=", "a=1&a=10&a=9&b=2", "a=~&b=-._"] {
            assert!(is_canonical(query.as_bytes()), "{query}");
            for order in [Order::Decoded, Order::Encoded, Order::EncodedNames, Order::Wire] {
                assert_eq!(written(order, query), query);
            }
        }
    }

    #[test]
    fn a_query_to_sort_escape_decode_or_complete_does_not_count_as_canonical() {
        for query in
            ["a", "&", "a=&", "&a=", "b=1&a=2", "a=2&a=1", "a=b=c", "a=%41", "a=+", "a=*", "a=1&ab&b=2"]
        {
            assert!(!is_canonical(query.as_bytes()), "{query}");
        }
    }

    #[test]
    fn encoded_order_puts_an_escaped_name_before_letters() {
        assert_eq!(written(Order::Decoded, "%C3%A9=1&z=2"), "z=2&%C3%A9=1");
        assert_eq!(written(Order::Encoded, "%C3%A9=1&z=2"), "%C3%A9=1&z=2");
    }

    #[test]
    fn wire_orders_keep_the_values_of_a_name_as_they_came() {
        assert_eq!(written(Order::EncodedNames, "b=1&a=9&a=10"), "a=9&a=10&b=1");
        assert_eq!(written(Order::Wire, "b=1&a=9&a=10"), "b=1&a=9&a=10");
    }
}
