//! The options of curl that browsers and people use, as far as they change what is sent.

/// What an option does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Method,
    Header,
    /// Data as it is, or of a file without its line breaks.
    Data,
    /// Data as it is, never of a file.
    RawData,
    /// Data as it is, or of a file byte for byte.
    BinaryData,
    Json,
    Cookie,
    UserAgent,
    Referer,
    User,
    Url,
    /// Data goes into the query.
    Get,
    Head,
    Compressed,
    /// Dot segments stay.
    PathAsIs,
    /// Has a value, and changes nothing that is signed.
    IgnoredWithValue,
    /// Changes nothing that is signed.
    Ignored,
}

use Meaning as M;

const OPTIONS: &[(&str, char, Meaning)] = &[
    ("request", 'X', M::Method),
    ("header", 'H', M::Header),
    ("data", 'd', M::Data),
    ("data-ascii", '\0', M::Data),
    ("data-raw", '\0', M::RawData),
    ("data-binary", '\0', M::BinaryData),
    ("json", '\0', M::Json),
    ("cookie", 'b', M::Cookie),
    ("user-agent", 'A', M::UserAgent),
    ("referer", 'e', M::Referer),
    ("user", 'u', M::User),
    ("url", '\0', M::Url),
    ("get", 'G', M::Get),
    ("head", 'I', M::Head),
    ("compressed", '\0', M::Compressed),
    ("path-as-is", '\0', M::PathAsIs),
    ("output", 'o', M::IgnoredWithValue),
    ("max-time", 'm', M::IgnoredWithValue),
    ("connect-timeout", '\0', M::IgnoredWithValue),
    ("connect-to", '\0', M::IgnoredWithValue),
    ("proxy", 'x', M::IgnoredWithValue),
    ("resolve", '\0', M::IgnoredWithValue),
    ("cacert", '\0', M::IgnoredWithValue),
    ("cert", 'E', M::IgnoredWithValue),
    ("key", '\0', M::IgnoredWithValue),
    ("write-out", 'w', M::IgnoredWithValue),
    ("dump-header", 'D', M::IgnoredWithValue),
    ("cookie-jar", 'c', M::IgnoredWithValue),
    ("retry", '\0', M::IgnoredWithValue),
    ("silent", 's', M::Ignored),
    ("show-error", 'S', M::Ignored),
    ("verbose", 'v', M::Ignored),
    ("include", 'i', M::Ignored),
    ("insecure", 'k', M::Ignored),
    ("location", 'L', M::Ignored),
    ("fail", 'f', M::Ignored),
    ("globoff", 'g', M::Ignored),
    ("remote-name", 'O', M::Ignored),
    ("progress-bar", '#', M::Ignored),
    ("no-buffer", 'N', M::Ignored),
    ("ipv4", '4', M::Ignored),
    ("ipv6", '6', M::Ignored),
    ("http1.1", '\0', M::Ignored),
    ("http2", '\0', M::Ignored),
    ("fail-with-body", '\0', M::Ignored),
    ("no-progress-meter", '\0', M::Ignored),
];

/// The meaning of a long option, without its dashes.
pub(super) fn long(name: &str) -> Option<Meaning> {
    OPTIONS.iter().find(|(other, _, _)| *other == name).map(|(_, _, meaning)| *meaning)
}

/// The meaning of a short option.
pub(super) fn short(letter: char) -> Option<Meaning> {
    OPTIONS.iter().find(|(_, other, _)| *other == letter && letter != '\0').map(|(_, _, meaning)| *meaning)
}

impl Meaning {
    /// Whether the next word belongs to it.
    pub(super) fn has_value(self) -> bool {
        !matches!(self, M::Get | M::Head | M::Compressed | M::PathAsIs | M::Ignored)
    }
}
