//! Another spelling of the path, or another path.

use super::Guess;
use super::escape::{COMPONENT, SEGMENT, decoded, encoded, form_encoded, replaced, with_lower_escapes};
use crate::Mistake;
use crate::draft::Draft;
use crate::evidence::Evidence;
use countersign_sign::escape::{Kept, UNRESERVED};
use countersign_sign::{PathForm, names};

pub(super) fn guesses(evidence: &Evidence<'_>, draft: &Draft) -> Vec<Guess> {
    let (raw, raw_query) = evidence.target();
    let signed = |mistake, path: Vec<u8>| Guess::new(mistake, draft.with(|draft| draft.path = path));
    let plain = decoded(raw);
    let mut guesses = vec![
        signed(Mistake::PathAsSent, closed(raw)),
        signed(Mistake::PathNotEncoded, closed(&plain)),
        signed(Mistake::PathDoubleEncoded, double_encoded(raw)),
        signed(Mistake::PathReservedKept, closed(&by_segment(&plain, |part| encoded(&COMPONENT, part)))),
        signed(Mistake::PathReservedKept, closed(&by_segment(&plain, |part| encoded(&SEGMENT, part)))),
        signed(Mistake::PathPlusForSpace, closed(&by_segment(&plain, form_encoded))),
        signed(Mistake::PathPlusForSpace, replaced(&draft.path, b"%20", b"+")),
        signed(Mistake::PathEscapesLowerCase, with_lower_escapes(&draft.path)),
        signed(Mistake::PathSlashesEncoded, closed(&encoded(&UNRESERVED, &plain))),
        signed(Mistake::PathSlashesEncoded, encoded(&UNRESERVED, &closed(&plain))),
        signed(Mistake::PathSlashesEncoded, closed(&slashes_kept(raw))),
        signed(Mistake::PathDotSegmentsRemoved, without_dot_segments(&draft.path)),
        signed(Mistake::PathSlashesMerged, merged(&draft.path)),
        signed(Mistake::PathLeftOut, b"/".to_vec()),
    ];
    guesses.extend(with_query(evidence, draft, raw, raw_query));
    guesses.extend(urls(evidence, draft, raw));
    guesses
}

/// Without the slash at the end, which only the canonical path has.
pub(super) fn final_slash(_: &Evidence<'_>, draft: &Draft) -> Vec<Guess> {
    let Some(path) = draft.path.strip_suffix(b"/") else { return Vec::new() };
    vec![Guess::new(Mistake::PathWithoutFinalSlash, draft.with(|draft| draft.path = path.to_vec()))]
}

/// The whole target in the line of the path, with the line of the query empty or not.
fn with_query(evidence: &Evidence<'_>, draft: &Draft, raw: &[u8], query: &[u8]) -> Vec<Guess> {
    if query.is_empty() {
        return Vec::new();
    }
    let whole = evidence.request().target;
    let spellings = [
        whole.to_vec(),
        closed(whole),
        [&closed(raw), b"?".as_slice(), query].concat(),
        [raw, b"?", &draft.query].concat(),
        [&draft.path, b"?".as_slice(), &draft.query].concat(),
    ];
    let guess = |path: Vec<u8>, query: &[u8]| {
        let change = |draft: &mut Draft| (draft.path, draft.query) = (path, query.to_vec());
        Guess::new(Mistake::PathWithQuery, draft.with(change))
    };
    spellings.into_iter().flat_map(|path| [guess(path.clone(), b""), guess(path, &draft.query)]).collect()
}

fn urls(evidence: &Evidence<'_>, draft: &Draft, raw: &[u8]) -> Vec<Guess> {
    let host = evidence.value(names::HOST).unwrap_or_default();
    let targets = [raw.to_vec(), closed(raw), evidence.request().target.to_vec()];
    let urls = targets.iter().flat_map(|target| {
        [b"https://".as_slice(), b"http://"].map(|scheme| [scheme, host, target.as_slice()].concat())
    });
    let guess =
        |url: Vec<u8>| Guess::about(Mistake::PathIsUrl, &url.clone(), draft.with(|draft| draft.path = url));
    urls.map(guess).collect()
}

/// With a slash at the end.
fn closed(path: &[u8]) -> Vec<u8> {
    let slash: &[u8] = if path.ends_with(b"/") { b"" } else { b"/" };
    [path, slash].concat()
}

fn by_segment(path: &[u8], encode: impl Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    path.split(|byte| *byte == b'/').map(encode).collect::<Vec<_>>().join(b"/".as_slice())
}

fn double_encoded(raw: &[u8]) -> Vec<u8> {
    let mut path = Vec::new();
    PathForm::Raw.write(raw, &mut path);
    path
}

/// Segments decoded after splitting, so that an escaped slash stays escaped.
fn slashes_kept(raw: &[u8]) -> Vec<u8> {
    let kept: &Kept = &UNRESERVED;
    by_segment(raw, |part| encoded(kept, &decoded(part)))
}

/// RFC 3986 §5.2.4, on segments.
fn without_dot_segments(path: &[u8]) -> Vec<u8> {
    let mut segments: Vec<&[u8]> = Vec::new();
    for segment in path.split(|byte| *byte == b'/') {
        match segment {
            b"." => {}
            b".." if segments.len() > 1 => _ = segments.pop(),
            b".." => {}
            _ => segments.push(segment),
        }
    }
    segments.join(b"/".as_slice())
}

fn merged(path: &[u8]) -> Vec<u8> {
    let mut merged = path.to_vec();
    merged.dedup_by(|one, other| *one == b'/' && *other == b'/');
    merged
}
