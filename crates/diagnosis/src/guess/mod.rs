//! What clients do wrong, one family of guesses a part of the signature. A guess takes a draft and gives drafts that
//! differ from it by one mistake.

mod algorithm;
mod block;
pub(crate) mod body;
mod content_type;
mod date;
mod escape;
mod header;
mod host;
mod json;
mod key;
mod layout;
mod method;
mod path;
mod proxy;
mod query;
mod text;

use crate::Mistake;
use crate::draft::Draft;
use crate::evidence::Evidence;

/// A draft with one more mistake than the one it came from.
pub(crate) struct Guess {
    pub(crate) mistake: Mistake,
    pub(crate) particular: Option<String>,
    pub(crate) draft: Draft,
}

impl Guess {
    pub(crate) fn new(mistake: Mistake, draft: Draft) -> Self {
        Self { mistake, particular: None, draft }
    }

    /// With what in particular was signed; bytes that are not UTF-8 become U+FFFD.
    pub(crate) fn about(mistake: Mistake, particular: &[u8], draft: Draft) -> Self {
        Self { mistake, particular: Some(String::from_utf8_lossy(particular).into_owned()), draft }
    }
}

/// Guesses of one part.
pub(crate) type Family = fn(&Evidence<'_>, &Draft) -> Vec<Guess>;

/// All of them; where two explain a signature, the first does.
pub(crate) const FAMILIES: [Family; 15] = [
    key::guesses,
    method::guesses,
    proxy::guesses,
    path::guesses,
    path::final_slash,
    query::guesses,
    host::guesses,
    content_type::guesses,
    body::guesses,
    block::guesses,
    header::guesses,
    date::guesses,
    layout::guesses,
    text::guesses,
    algorithm::guesses,
];

/// Those with mistakes that people make so often that they are looked for together with another one. Each keeps what
/// the earlier ones changed, so that any two can be combined in this order.
pub(crate) const COMMON: [Family; 10] = [
    key::guesses,
    proxy::guesses,
    path::guesses,
    path::final_slash,
    query::guesses,
    host::guesses,
    content_type::guesses,
    body::guesses,
    block::common,
    layout::guesses,
];

/// Whether a mistake is one of those.
pub(crate) fn is_common(mistake: Mistake) -> bool {
    use Mistake as M;
    matches!(
        mistake,
        M::SecretWithBlank
            | M::ForwardedPrefix
            | M::PathWithoutFinalSlash
            | M::PathAsSent
            | M::PathNotEncoded
            | M::PathDoubleEncoded
            | M::QueryLeftOut
            | M::QueryAsSent
            | M::QueryUnsorted
            | M::QueryNotEncoded
            | M::QueryPlusForSpace
            | M::QueryEmptyValueWithoutEquals
            | M::HostWithPort
            | M::HostWithoutPort
            | M::HostForwarded
            | M::HostOfAnotherName
            | M::ContentTypeCharset
            | M::BodyHashOfEmpty
            | M::BodyHashOfEmptyObject
            | M::JsonCompacted
            | M::JsonSpaced
            | M::BodyNewline
            | M::HeaderNamesNotLowerCase
            | M::HeaderValueNotTrimmed
            | M::BlankLineMissing
            | M::LineBreaksCrLf
    )
}
