//! The right headers, written in a wrong way.

use super::Guess;
use crate::Mistake;
use crate::draft::Draft;
use crate::evidence::Evidence;

/// Most headers that are tried one by one.
const TRIED_MAX: usize = 16;

pub(super) fn guesses(evidence: &Evidence<'_>, draft: &Draft) -> Vec<Guess> {
    let mut guesses = common(evidence, draft);
    guesses.extend(blanks(draft));
    guesses.extend(orders(evidence, draft));
    guesses.extend(repeated(draft));
    guesses
}

/// What people get wrong in all lines alike.
pub(super) fn common(evidence: &Evidence<'_>, draft: &Draft) -> Vec<Guess> {
    let mut guesses = cases(evidence, draft);
    for blanks in [(" ", ""), ("", " ")] {
        let all = draft.with(|draft| {
            draft.block_mut().iter_mut().for_each(|(_, value)| *value = spaced(value, blanks));
        });
        guesses.push(Guess::new(Mistake::HeaderValueNotTrimmed, all));
    }
    guesses
}

fn spaced(value: &[u8], (before, after): (&str, &str)) -> Vec<u8> {
    [before.as_bytes(), value, after.as_bytes()].concat()
}

type Spelling<'a> = dyn Fn(&[u8]) -> Vec<u8> + 'a;

/// Names in the case of the wire, of SignedHeaders, or with capitals; the line of names alike or in lower case.
fn cases(evidence: &Evidence<'_>, draft: &Draft) -> Vec<Guess> {
    let listed: Vec<&str> = evidence.claimed.names.split(';').map(str::trim).collect();
    let sent = |name: &[u8]| {
        let headers = &evidence.request().headers;
        headers.iter().find(|(other, _)| other.as_bytes().eq_ignore_ascii_case(name)).map(|(name, _)| *name)
    };
    let spelled =
        |name: &[u8], known: Option<&str>| known.map_or(name.to_vec(), |name| name.as_bytes().to_vec());
    let as_listed = |name: &[u8]| {
        spelled(name, listed.iter().find(|other| other.as_bytes().eq_ignore_ascii_case(name)).copied())
    };
    let spellings: [&Spelling<'_>; 4] =
        [&|name| spelled(name, sent(name)), &as_listed, &capitalized, &<[u8]>::to_ascii_uppercase];
    let spell = |spelling: &Spelling<'_>| {
        let in_block =
            draft.with(|draft| draft.block_mut().iter_mut().for_each(|(name, _)| *name = spelling(name)));
        let names = draft.names.split(|byte| *byte == b';').map(spelling).collect::<Vec<_>>();
        let in_both = in_block.with(|draft| draft.names = names.join(b";".as_slice()));
        let in_names = draft.with(|draft| draft.names = names.join(b";".as_slice()));
        [in_block, in_both.with(|draft| draft.block_mut().sort()), in_both, in_names]
    };
    let drafts = spellings.into_iter().flat_map(spell);
    drafts.map(|draft| Guess::new(Mistake::HeaderNamesNotLowerCase, draft)).collect()
}

/// `x-sdk-date` as `X-Sdk-Date`.
fn capitalized(name: &[u8]) -> Vec<u8> {
    let mut is_first = true;
    let capital = |byte: &u8| {
        let capital = if is_first { byte.to_ascii_uppercase() } else { *byte };
        is_first = *byte == b'-';
        capital
    };
    name.iter().map(capital).collect()
}

/// Blanks around one value, and blanks inside it merged.
fn blanks(draft: &Draft) -> Vec<Guess> {
    let mut guesses = Vec::new();
    for (at, (name, value)) in draft.block.iter().enumerate().take(TRIED_MAX) {
        let mut with = |mistake, value: Vec<u8>| {
            let change = |draft: &mut Draft| {
                draft.block_mut().iter_mut().skip(at).take(1).for_each(|line| line.1.clone_from(&value));
            };
            guesses.push(Guess::about(mistake, name, draft.with(change)));
        };
        for blanks in
            [(" ", ""), ("", " "), (" ", " "), ("  ", ""), ("", "  "), ("  ", "  "), ("\t", ""), ("", "\t")]
        {
            with(Mistake::HeaderValueNotTrimmed, spaced(value, blanks));
        }
        with(Mistake::HeaderBlanksMerged, merged(value));
    }
    guesses
}

fn merged(value: &[u8]) -> Vec<u8> {
    let words = value.split(|byte| b" \t".contains(byte)).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(b" ".as_slice())
}

fn orders(evidence: &Evidence<'_>, draft: &Draft) -> Vec<Guess> {
    let rank = |name: &[u8]| {
        evidence.request().headers.iter().position(|(other, _)| other.as_bytes().eq_ignore_ascii_case(name))
    };
    let sorted_names = || {
        let mut names: Vec<&[u8]> = draft.names.split(|byte| *byte == b';').collect();
        names.sort_unstable();
        names.join(b";".as_slice())
    };
    let by_wire = draft.with(|draft| draft.block_mut().sort_by_key(|(name, _)| rank(name)));
    let sorted = draft.with(|draft| draft.block_mut().sort());
    let names_sorted = draft.with(|draft| draft.names = sorted_names());
    let wire_names = draft.with(|draft| {
        let mut names: Vec<&[u8]> = draft.names.split(|byte| *byte == b';').collect();
        names.sort_by_key(|name| rank(name));
        draft.names = names.join(b";".as_slice());
    });
    let both = sorted.with(|draft| draft.names = sorted_names());
    vec![
        Guess::new(Mistake::HeaderBlockUnsorted, by_wire),
        Guess::new(Mistake::HeaderBlockUnsorted, sorted),
        Guess::new(Mistake::SignedNamesUnsorted, names_sorted),
        Guess::new(Mistake::SignedNamesUnsorted, wire_names),
        Guess::new(Mistake::SignedNamesUnsorted, both),
    ]
}

/// Lines of one name joined, or only one of them signed.
fn repeated(draft: &Draft) -> Vec<Guess> {
    let joined = |separator: &'static [u8]| {
        draft.with(|draft| {
            draft.block_mut().dedup_by(|later, kept| {
                let is_same = later.0 == kept.0;
                if is_same {
                    kept.1 = [kept.1.as_slice(), separator, &later.1].concat();
                }
                is_same
            });
        })
    };
    let first = draft.with(|draft| draft.block_mut().dedup_by(|later, kept| later.0 == kept.0));
    let last = draft.with(|draft| {
        draft.block_mut().reverse();
        draft.block_mut().dedup_by(|later, kept| later.0 == kept.0);
        draft.block_mut().reverse();
    });
    let drafts = [joined(b","), joined(b", "), first, last];
    drafts.into_iter().map(|draft| Guess::new(Mistake::RepeatedHeaderJoined, draft)).collect()
}
