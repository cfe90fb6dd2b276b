//! Header lines that are missing, too many, or have another value.

use super::Guess;
use crate::Mistake;
use crate::draft::Draft;
use crate::evidence::Evidence;
use countersign_sign::names;

/// Most headers that are tried one by one.
const TRIED_MAX: usize = 16;

type Line = (Vec<u8>, Vec<u8>);

pub(super) fn guesses(evidence: &Evidence<'_>, draft: &Draft) -> Vec<Guess> {
    let mut guesses = Vec::new();
    for (at, (name, value)) in draft.block.iter().enumerate().take(TRIED_MAX) {
        if value.is_empty() {
            guesses.extend(not_sent(evidence, name).into_iter().map(|value| {
                let mistake = if name == b"x-security-token" {
                    Mistake::SecurityTokenNotSent
                } else {
                    Mistake::HeaderNotSent
                };
                Guess::about(mistake, name, with_value(draft, at, value))
            }));
        } else {
            guesses.push(Guess::about(Mistake::HeaderValueEmpty, name, with_value(draft, at, Vec::new())));
        }
        guesses.push(Guess::about(Mistake::HeaderLeftOut, name, left_out(draft, at)));
        guesses.extend(
            before_append(value)
                .map(|value| Guess::about(Mistake::HeaderRewritten, name, with_value(draft, at, value))),
        );
    }
    guesses.extend(not_listed(evidence, draft));
    guesses
}

fn with_value(draft: &Draft, at: usize, value: Vec<u8>) -> Draft {
    draft.with(|draft| {
        if let Some(line) = draft.block_mut().get_mut(at) {
            line.1 = value;
        }
    })
}

fn left_out(draft: &Draft, at: usize) -> Draft {
    draft.with(|draft| _ = draft.block_mut().remove(at))
}

/// What clients put into headers that do not arrive.
fn not_sent(evidence: &Evidence<'_>, name: &[u8]) -> Vec<Vec<u8>> {
    let texts = |texts: &[&str]| texts.iter().map(|text| text.as_bytes().to_vec()).collect();
    match name {
        b"connection" => texts(&["keep-alive", "close", "Keep-Alive", "Close"]),
        b"content-length" => {
            let length = evidence.request().body.map_or(0, <[u8]>::len).to_string();
            texts(&[&length, "0"])
        }
        b"transfer-encoding" => texts(&["chunked"]),
        b"expect" => texts(&["100-continue"]),
        b"accept" => texts(&["*/*", "application/json", "application/json, text/plain, */*"]),
        b"accept-encoding" => texts(&["gzip", "gzip, deflate", "gzip, deflate, br", "identity"]),
        b"x-security-token" => evidence
            .situation
            .security_token
            .map(|token| token.expose().as_bytes().to_vec())
            .into_iter()
            .collect(),
        b"x-sdk-content-sha256" => texts(&[names::UNSIGNED_PAYLOAD]),
        _ => Vec::new(),
    }
}

/// The value before a proxy appended to it.
fn before_append(value: &[u8]) -> Option<Vec<u8>> {
    let comma = value.iter().rposition(|byte| *byte == b',')?;
    Some(value.get(..comma)?.trim_ascii_end().to_vec())
}

/// Headers of the request that SignedHeaders does not name: each alone, and all.
fn not_listed(evidence: &Evidence<'_>, draft: &Draft) -> Vec<Guess> {
    let listed: Vec<String> = evidence.signed_names().collect();
    let lines = evidence.request().headers.iter();
    let lines = lines.map(|(name, value)| (name.to_ascii_lowercase(), value.trim_ascii().to_vec()));
    let others: Vec<Line> = lines
        .filter(|(name, _)| name != "authorization" && !listed.contains(name))
        .map(|(name, value)| (name.into_bytes(), value))
        .take(TRIED_MAX)
        .collect();
    let mut guesses: Vec<_> = others
        .iter()
        .flat_map(|line| {
            [
                with_lines(draft, std::slice::from_ref(line), Names::Listed),
                with_lines(draft, std::slice::from_ref(line), Names::Kept),
            ]
            .map(|draft| Guess::about(Mistake::HeaderNotListed, &line.0, draft))
        })
        .collect();
    for names in [Names::Listed, Names::Kept] {
        guesses.push(Guess::new(Mistake::HeaderNotListed, with_lines(draft, &others, names)));
    }
    guesses
}

/// Whether the line of signed names has the added ones too.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Names {
    Listed,
    Kept,
}

fn with_lines(draft: &Draft, lines: &[Line], names: Names) -> Draft {
    draft.with(|draft| {
        draft.block_mut().extend_from_slice(lines);
        draft.block_mut().sort();
        if names == Names::Listed {
            let mut listed: Vec<&[u8]> = draft.block.iter().map(|(name, _)| name.as_slice()).collect();
            listed.dedup();
            draft.names = listed.join(b";".as_slice());
        }
    })
}
