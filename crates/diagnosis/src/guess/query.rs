//! Another spelling or order of the query, or other parameters.

use super::Guess;
use super::escape::{COMPONENT, SEGMENT, decoded, encoded, form_encoded, replaced, with_lower_escapes};
use crate::Mistake;
use crate::draft::Draft;
use crate::evidence::{Evidence, canonical_query};
use countersign_sign::escape::{Kept, UNRESERVED};
use std::cmp::Ordering;

/// Most parameters whose other orders, and whose absence, are tried one by one.
const TRIED_MAX: usize = 8;

/// Most parameters that are written in other orders and spellings.
const PAIRS_MAX: usize = 64;

/// A parameter, decoded.
type Pair = (Vec<u8>, Vec<u8>);

pub(super) fn guesses(evidence: &Evidence<'_>, draft: &Draft) -> Vec<Guess> {
    let (_, raw) = evidence.target();
    let signed =
        |(mistake, query): (Mistake, Vec<u8>)| Guess::new(mistake, draft.with(|draft| draft.query = query));
    if draft.query.is_empty() {
        return Vec::new();
    }
    let wire = pairs(raw);
    let mut sorted = wire.clone();
    sorted.sort();
    let mut queries = vec![(Mistake::QueryLeftOut, Vec::new()), (Mistake::QueryAsSent, raw.to_vec())];
    if wire.len() <= PAIRS_MAX {
        queries.extend(orders(&wire));
        queries.extend(spellings(raw, &wire, &sorted, &draft.query));
        queries.extend(fewer(raw, &sorted));
    }
    queries.into_iter().map(signed).collect()
}

/// In other orders, well encoded.
fn orders(wire: &[Pair]) -> Vec<(Mistake, Vec<u8>)> {
    let sorted_by = |compare: fn(&Pair, &Pair) -> Ordering| {
        let mut pairs = wire.to_vec();
        pairs.sort_by(compare);
        written(&pairs, escaped)
    };
    let mut as_text: Vec<_> = wire.iter().map(|pair| written(std::slice::from_ref(pair), escaped)).collect();
    as_text.sort();
    let mut orders = vec![
        (Mistake::QueryUnsorted, written(wire, escaped)),
        (Mistake::QueryUnsorted, sorted_by(|one, other| one.0.cmp(&other.0))),
        (Mistake::QuerySortedAsText, sorted_by(|one, other| escaped_pair(one).cmp(&escaped_pair(other)))),
        (Mistake::QuerySortedAsText, as_text.join(b"&".as_slice())),
        (Mistake::QuerySortedIgnoringCase, sorted_by(|one, other| folded(one).cmp(&folded(other)))),
        (Mistake::QueryUnsorted, sorted_by(|one, other| other.cmp(one))),
    ];
    orders.extend(appended(wire).map(|query| (Mistake::QueryUnsorted, query)));
    orders
}

fn escaped(text: &[u8]) -> Vec<u8> {
    encoded(&UNRESERVED, text)
}

fn escaped_pair((name, value): &Pair) -> Pair {
    (escaped(name), escaped(value))
}

fn folded((name, value): &Pair) -> Pair {
    (name.to_ascii_lowercase(), value.clone())
}

/// Sorted but for one parameter at the end: what appending to a finished query gives.
fn appended(wire: &[Pair]) -> impl Iterator<Item = Vec<u8>> {
    (0..wire.len().min(TRIED_MAX)).map(|moved| {
        let mut pairs = wire.to_vec();
        pairs.sort();
        let last = pairs.remove(moved);
        pairs.push(last);
        written(&pairs, escaped)
    })
}

/// In other spellings, sorted.
fn spellings(raw: &[u8], wire: &[Pair], sorted: &[Pair], canonical: &[u8]) -> Vec<(Mistake, Vec<u8>)> {
    let kept = |kept: &'static Kept| written(sorted, |text| encoded(kept, text));
    let undecoded = |(name, value): (&[u8], &[u8])| (name.to_vec(), value.to_vec());
    let mut twice: Vec<Pair> = raw_pieces(raw).map(halves).map(undecoded).collect();
    twice.sort();
    vec![
        (Mistake::QueryNotEncoded, written(sorted, <[u8]>::to_vec)),
        (Mistake::QueryNotEncoded, written(wire, <[u8]>::to_vec)),
        (Mistake::QueryDoubleEncoded, written(&twice, escaped)),
        (Mistake::QueryReservedKept, kept(&COMPONENT)),
        (Mistake::QueryReservedKept, kept(&SEGMENT)),
        (Mistake::QueryPlusForSpace, replaced(canonical, b"%20", b"+")),
        (Mistake::QueryPlusForSpace, written(sorted, form_encoded)),
        (Mistake::QueryPlusForSpace, canonical_query(&replaced(raw, b"+", b"%20"))),
        (Mistake::QueryEscapesLowerCase, with_lower_escapes(canonical)),
        (Mistake::QueryEmptyValueWithoutEquals, without_empty_equals(canonical)),
        (Mistake::QueryWithQuestionMark, [b"?", canonical].concat()),
    ]
}

/// With parameters missing or merged.
fn fewer(raw: &[u8], sorted: &[Pair]) -> Vec<(Mistake, Vec<u8>)> {
    let encoded = |pairs: &[Pair]| written(pairs, escaped);
    let filled: Vec<_> = sorted.iter().filter(|(_, value)| !value.is_empty()).cloned().collect();
    let mut queries = vec![
        (Mistake::QueryEmptyValueLeftOut, encoded(&filled)),
        (Mistake::QueryRepeatedNameLost, encoded(&unique(pairs(raw)))),
        (Mistake::QueryRepeatedNameLost, encoded(&unique(pairs(raw).into_iter().rev().collect()))),
    ];
    for pairs in [pairs(raw), sorted.to_vec()] {
        let joined = joined(pairs);
        queries.push((Mistake::QueryRepeatedNameJoined, encoded(&joined)));
        queries.push((Mistake::QueryRepeatedNameJoined, replaced(&encoded(&joined), b"%2C", b",")));
    }
    for absent in 0..sorted.len().min(TRIED_MAX) {
        let mut pairs = sorted.to_vec();
        pairs.remove(absent);
        queries.push((Mistake::QueryParameterAdded, encoded(&pairs)));
    }
    queries
}

fn raw_pieces(raw: &[u8]) -> impl Iterator<Item = &[u8]> {
    raw.split(|byte| *byte == b'&').filter(|piece| !piece.is_empty())
}

fn halves(piece: &[u8]) -> (&[u8], &[u8]) {
    let mut halves = piece.splitn(2, |byte| *byte == b'=');
    (halves.next().unwrap_or_default(), halves.next().unwrap_or_default())
}

/// In wire order.
fn pairs(raw: &[u8]) -> Vec<Pair> {
    raw_pieces(raw).map(halves).map(|(name, value)| (decoded(name), decoded(value))).collect()
}

fn written(pairs: &[Pair], spell: impl Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let pieces = pairs.iter().map(|(name, value)| [spell(name), b"=".to_vec(), spell(value)].concat());
    pieces.collect::<Vec<_>>().join(b"&".as_slice())
}

fn without_empty_equals(canonical: &[u8]) -> Vec<u8> {
    let pieces = raw_pieces(canonical).map(|piece| piece.strip_suffix(b"=").unwrap_or(piece));
    pieces.collect::<Vec<_>>().join(b"&".as_slice())
}

/// The first pair of each name, sorted.
fn unique(mut pairs: Vec<Pair>) -> Vec<Pair> {
    pairs.sort_by(|one, other| one.0.cmp(&other.0));
    pairs.dedup_by(|one, other| one.0 == other.0);
    pairs
}

/// One pair for each name, its values joined by a comma.
fn joined(mut pairs: Vec<Pair>) -> Vec<Pair> {
    pairs.sort_by(|one, other| one.0.cmp(&other.0));
    pairs.dedup_by(|later, kept| {
        let is_same = later.0 == kept.0;
        if is_same {
            kept.1 = [kept.1.as_slice(), b",", &later.1].concat();
        }
        is_same
    });
    pairs
}
