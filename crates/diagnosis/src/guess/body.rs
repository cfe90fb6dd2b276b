//! Another body than the one that arrived, or no hash of it.

use super::escape::{decoded, form_encoded, replaced};
use super::{Guess, json};
use crate::Mistake;
use crate::draft::{Draft, base64_text};
use crate::evidence::{Evidence, canonical_query};
use countersign_sign::{Hash, Hasher, names, parse_digest};

/// Longest body that is signed unhashed, in bytes.
const UNHASHED_BYTES_MAX: usize = 4096;
const MARK: &[u8] = b"\xef\xbb\xbf";

pub(super) fn guesses(evidence: &Evidence<'_>, draft: &Draft) -> Vec<Guess> {
    let signed = |(mistake, line): &(Mistake, Vec<u8>)| {
        Guess::new(*mistake, draft.with(|draft| draft.payload.clone_from(line)))
    };
    let mut guesses: Vec<_> = evidence.bodies().iter().map(signed).collect();
    guesses.extend(as_query(evidence, draft));
    guesses
}

/// Every line that clients put in the place of the documented one.
pub(crate) fn lines(evidence: &Evidence<'_>) -> Vec<(Mistake, Vec<u8>)> {
    let hash = evidence.algorithm.hash();
    let mut lines = vec![(Mistake::UnsignedPayloadUndeclared, names::UNSIGNED_PAYLOAD.as_bytes().to_vec())];
    let Some(body) = evidence.request().body else { return lines };
    let true_hash = evidence.hash(body);
    if evidence.value(hash.content_header()).is_some() {
        lines.extend(true_hash.clone().map(|line| (Mistake::DeclaredHashNotSigned, line)));
    }
    lines.extend(true_hash.iter().flat_map(|line| misspelled(line)));
    if !body.is_empty() {
        lines.push((Mistake::BodyHashOfEmpty, hash.empty().to_vec()));
    }
    lines.extend(other_algorithm(evidence, body));
    let others = other_bodies(body, evidence.situation.limits.body_bytes_max).into_iter();
    lines.extend(others.filter_map(|(mistake, body)| Some((mistake, evidence.hash(&body)?))));
    if body.len() <= UNHASHED_BYTES_MAX {
        lines.push((Mistake::BodyUnhashed, body.to_vec()));
    }
    lines
}

/// The right digest in another spelling.
fn misspelled(line: &[u8]) -> Vec<(Mistake, Vec<u8>)> {
    let mut lines = vec![(Mistake::BodyHashUpperCase, line.to_ascii_uppercase())];
    lines.extend(parse_digest(line).map(|digest| (Mistake::BodyHashBase64, base64_text(&digest))));
    lines
}

/// The digest by the other hash of the protocol.
fn other_algorithm(evidence: &Evidence<'_>, body: &[u8]) -> Option<(Mistake, Vec<u8>)> {
    let other = match evidence.algorithm.hash() {
        Hash::Sha256 => Hash::Sm3,
        Hash::Sm3 => Hash::Sha256,
    };
    let digest = || countersign_sign::hex_digest(&Hasher::digest(other, &[body])).to_vec();
    evidence.trial.spend(1).then(|| (Mistake::AlgorithmSwapped, digest()))
}

/// The bodies that were perhaps hashed. Those made of the one that arrived are left out if it is too long.
fn other_bodies(body: &[u8], bytes_max: usize) -> Vec<(Mistake, Vec<u8>)> {
    let mut bodies = vec![
        (Mistake::BodyHashOfEmptyObject, b"{}".to_vec()),
        (Mistake::BodyHashOfNull, b"null".to_vec()),
        (Mistake::BodyHashOfNull, b"\"\"".to_vec()),
    ];
    if body.len() > bytes_max {
        return bodies;
    }
    bodies.extend(newlines(body));
    bodies.extend(json::rewritten(body));
    bodies.extend([
        (Mistake::BodyFormEncoding, replaced(body, b"+", b"%20")),
        (Mistake::BodyFormEncoding, replaced(body, b"%20", b"+")),
        (Mistake::BodyFormEncoding, decoded(body)),
        (Mistake::BodyFormEncoding, form_encoded(body)),
    ]);
    bodies.extend(latin1(body).map(|body| (Mistake::BodyLatin1, body)));
    bodies.retain(|(_, other)| other != body);
    bodies
}

fn newlines(body: &[u8]) -> Vec<(Mistake, Vec<u8>)> {
    let unix = replaced(body, b"\r\n", b"\n");
    let bare = body.strip_suffix(b"\n").map(|body| body.strip_suffix(b"\r").unwrap_or(body));
    let unmarked = body.strip_prefix(MARK).map(<[u8]>::to_vec);
    vec![
        (Mistake::BodyNewline, [body, b"\n"].concat()),
        (Mistake::BodyNewline, [body, b"\r\n"].concat()),
        (Mistake::BodyNewline, bare.unwrap_or(body).to_vec()),
        (Mistake::BodyLineBreaks, replaced(&unix, b"\n", b"\r\n")),
        (Mistake::BodyLineBreaks, replaced(&unix, b"\n", b"")),
        (Mistake::BodyLineBreaks, unix),
        (Mistake::BodyByteOrderMark, unmarked.unwrap_or_else(|| [MARK, body].concat())),
    ]
}

/// The body's text in Latin-1, if it is UTF-8 and can be written so.
fn latin1(body: &[u8]) -> Option<Vec<u8>> {
    let text = str::from_utf8(body).ok()?;
    text.chars().map(|character| u8::try_from(u32::from(character)).ok()).collect()
}

/// A form signed as if it were the query, alone or behind the query.
fn as_query(evidence: &Evidence<'_>, draft: &Draft) -> Vec<Guess> {
    let form = evidence.value("content-type").is_some_and(|name| name.starts_with(b"application/x-www-form"));
    let body =
        evidence.request().body.filter(|body| form && body.len() <= evidence.situation.limits.head_bytes_max);
    let Some(body) = body else { return Vec::new() };
    let (_, raw) = evidence.target();
    let body = replaced(body, b"+", b"%20");
    let query = canonical_query(&[raw, b"&", &body].concat());
    let payloads = [evidence.algorithm.hash().empty().to_vec(), draft.payload.clone()];
    let guess = |payload: Vec<u8>| {
        let change = |draft: &mut Draft| (draft.query, draft.payload) = (query.clone(), payload);
        Guess::new(Mistake::BodyAsQuery, draft.with(change))
    };
    payloads.map(guess).into()
}
