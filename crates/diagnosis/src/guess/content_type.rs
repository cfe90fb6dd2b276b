//! Another Content-Type than the one that arrived.

use super::Guess;
use crate::Mistake;
use crate::draft::Draft;
use crate::evidence::Evidence;

const CHARSETS: [&str; 6] = [
    ";charset=utf-8",
    "; charset=utf-8",
    ";charset=UTF-8",
    "; charset=UTF-8",
    ";charset=ISO-8859-1",
    "; charset=ISO-8859-1",
];
const TYPES: [&str; 8] = [
    "application/json",
    "application/json;charset=utf8",
    "application/x-www-form-urlencoded",
    "application/octet-stream",
    "application/xml",
    "text/plain",
    "text/xml",
    "*/*",
];

pub(super) fn guesses(evidence: &Evidence<'_>, draft: &Draft) -> Vec<Guess> {
    if !draft.block.iter().any(|(name, _)| name == b"content-type") {
        return Vec::new();
    }
    let signed = |mistake, text: &[u8]| Guess::about(mistake, text, draft.with(|draft| set(draft, text)));
    let Some(sent) = evidence.value("content-type") else {
        let types = TYPES.iter().flat_map(|name| with_charsets(name.as_bytes()));
        return types.map(|text| signed(Mistake::ContentTypeMissing, &text)).collect();
    };
    let bare = sent.split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii_end();
    let mut guesses: Vec<_> =
        with_charsets(bare).map(|text| signed(Mistake::ContentTypeCharset, &text)).collect();
    guesses.push(signed(Mistake::ContentTypeCharset, &sent.to_ascii_lowercase()));
    let types = TYPES.iter().flat_map(|name| with_charsets(name.as_bytes()));
    guesses.extend(types.map(|text| signed(Mistake::ContentTypeChanged, &text)));
    guesses
}

fn set(draft: &mut Draft, text: &[u8]) {
    for (_, value) in draft.block_mut().iter_mut().filter(|(name, _)| name == b"content-type") {
        *value = text.to_vec();
    }
}

/// Without a charset, and with each.
fn with_charsets(bare: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let with = CHARSETS.iter().map(move |charset| [bare, charset.as_bytes()].concat());
    std::iter::once(bare.to_vec()).chain(with)
}
