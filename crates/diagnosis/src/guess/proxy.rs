//! A path that a proxy rewrote after signing.

use super::Guess;
use crate::Mistake;
use crate::draft::Draft;
use crate::evidence::{Evidence, canonical_path, canonical_query};
use countersign_sign::split_target;

/// Headers in which proxies tell the target that they received.
const ORIGINALS: [&str; 5] =
    ["x-original-uri", "x-original-url", "x-rewrite-url", "x-forwarded-uri", "x-forwarded-path"];
/// Most segments of a prefix that was added.
const SEGMENTS_MAX: usize = 3;

pub(super) fn guesses(evidence: &Evidence<'_>, draft: &Draft) -> Vec<Guess> {
    let (raw, _) = evidence.target();
    let forwarded = evidence.values("x-forwarded-prefix");
    let prefixes = &evidence.situation.place.prefixes;
    let mut guesses: Vec<_> =
        forwarded.map(|prefix| prefixed(Mistake::ForwardedPrefix, prefix, raw, draft)).collect();
    guesses.extend(
        prefixes.iter().map(|prefix| prefixed(Mistake::PathPrefixStripped, prefix.as_bytes(), raw, draft)),
    );
    guesses.extend(
        ORIGINALS.iter().filter_map(|name| evidence.value(name)).map(|target| original(target, draft)),
    );
    guesses.extend(shortened(raw, draft));
    guesses
}

fn prefixed(mistake: Mistake, prefix: &[u8], raw: &[u8], draft: &Draft) -> Guess {
    let prefix = prefix.strip_suffix(b"/").unwrap_or(prefix);
    let path = [prefix, raw].concat();
    Guess::about(mistake, prefix, draft.with(|draft| draft.path = canonical_path(&path)))
}

/// The target of a forwarding header; one without a query leaves the query as it is.
fn original(target: &[u8], draft: &Draft) -> Guess {
    let (path, query) = split_target(target);
    let change = |draft: &mut Draft| {
        draft.path = canonical_path(path);
        if !query.is_empty() {
            draft.query = canonical_query(query);
        }
    };
    Guess::about(Mistake::PathRewritten, target, draft.with(change))
}

/// The path without its first segments.
fn shortened(raw: &[u8], draft: &Draft) -> Vec<Guess> {
    let slashes = raw.iter().enumerate().skip(1).filter(|(_, byte)| **byte == b'/').map(|(at, _)| at);
    let cuts = slashes.take(SEGMENTS_MAX).filter_map(|at| raw.split_at_checked(at));
    let guess = |(prefix, path)| {
        let draft = draft.with(|draft| draft.path = canonical_path(path));
        Guess::about(Mistake::PathPrefixAdded, prefix, draft)
    };
    cuts.map(guess).collect()
}
