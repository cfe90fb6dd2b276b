//! Where official signers are known to leave the protocol: named properties of requests. A list of failures says
//! which of them a signer has, and why; a disagreement without a listed property is a failure.

use crate::protocol::{Payload, SignTask};
use countersign_sign::{Algorithm, Key, SigningKey};
use countersign_types::{AccessKeyId, SecretKey};

/// A property of requests, by the name that lists use.
pub struct Deviation {
    /// Kebab-case.
    pub name: &'static str,
    /// The part of the signature's making that it changes, as differences begin.
    pub part: &'static str,
    /// Whether a request has it.
    pub holds: fn(&SignTask) -> bool,
}

/// How differences begin where a signer does not tell its canonical request.
const OPAQUE: [&str; 2] = ["signed names", "signature"];

impl Deviation {
    /// Whether it explains why this request is signed otherwise in this way.
    pub(super) fn explains(&self, task: &SignTask, difference: &str) -> bool {
        let is_here =
            difference.starts_with(self.part) || OPAQUE.iter().any(|part| difference.starts_with(part));
        is_here && (self.holds)(task)
    }
}

/// Every property.
pub const DEVIATIONS: &[Deviation] = &[
    Deviation { name: "path-has-percent", part: "path", holds: |task| path(task).contains('%') },
    Deviation { name: "path-ends-in-empty-segments", part: "path", holds: |task| path(task).ends_with("//") },
    Deviation {
        name: "path-has-escaped-by-parser",
        part: "path",
        holds: |task| path(task).contains(['{', '}', '|', '\\', '^', '`', '<', '>', '"', '\'']),
    },
    Deviation {
        name: "path-is-not-utf8",
        part: "path",
        holds: |task| String::from_utf8(decoded(path(task))).is_err(),
    },
    Deviation {
        name: "query-repeats-a-name",
        part: "query",
        holds: |task| repeats(pairs(task).map(|(name, _)| name)),
    },
    Deviation {
        name: "query-name-is-encoded",
        part: "query",
        holds: |task| pairs(task).any(|(name, _)| !name.iter().all(|byte| is_unreserved(*byte))),
    },
    Deviation {
        name: "query-name-is-empty",
        part: "query",
        holds: |task| pairs(task).any(|(name, _)| name.is_empty()),
    },
    Deviation { name: "query-sorts-otherwise-in-utf16", part: "query", holds: sorts_otherwise_in_utf16 },
    Deviation {
        name: "query-is-not-utf8",
        part: "query",
        holds: |task| {
            pairs(task).any(|(name, value)| {
                std::str::from_utf8(&name).is_err() || std::str::from_utf8(&value).is_err()
            })
        },
    },
    Deviation {
        name: "header-is-padded",
        part: "header",
        holds: |task| values(task).any(|value| value.trim_matches([' ', '\t']) != value),
    },
    Deviation {
        name: "header-is-padded-by-unicode",
        part: "header",
        holds: |task| {
            values(task).map(|value| value.trim_matches([' ', '\t'])).any(|value| value.trim() != value)
        },
    },
    Deviation {
        name: "header-stands-twice",
        part: "header",
        holds: |task| repeats(task.request.headers.iter().map(|(name, _)| name.to_ascii_lowercase())),
    },
    Deviation { name: "content-type", part: "header", holds: |task| content_type(task).is_some() },
    Deviation {
        name: "content-type-is-not-json",
        part: "header",
        holds: |task| content_type(task).is_some_and(|value| !value.starts_with("application/json")),
    },
    Deviation {
        name: "empty-body-unsigned",
        part: "payload",
        holds: |task| task.request.payload == Payload::Unsigned && task.request.body.0.is_empty(),
    },
    Deviation { name: "sm2-key-begins-with-zero", part: "signature", holds: sm2_key_begins_with_zero },
];

fn path(task: &SignTask) -> &str {
    task.request.target.split('?').next().unwrap_or_default()
}

/// Names and values of the query, decoded.
fn pairs(task: &SignTask) -> impl Iterator<Item = (Vec<u8>, Vec<u8>)> {
    let query = task.request.target.split_once('?').map_or("", |(_, query)| query);
    query.split('&').filter(|piece| !piece.is_empty()).map(|piece| {
        let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
        (decoded(name), decoded(value))
    })
}

fn decoded(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = digits
            .filter(|digits| *first == b'%' && digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    bytes
}

const fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// Beside a character that UTF-16 writes in two units, those from U+E000 on sort otherwise.
fn sorts_otherwise_in_utf16(task: &SignTask) -> bool {
    let units = |text: &[u8]| String::from_utf8_lossy(text).encode_utf16().collect::<Vec<_>>();
    let mut by_bytes: Vec<_> = pairs(task).collect();
    by_bytes.sort_unstable();
    let mut by_units = by_bytes.clone();
    by_units.sort_by_cached_key(|(name, value)| (units(name), units(value)));
    by_bytes != by_units
}

fn values(task: &SignTask) -> impl Iterator<Item = &str> {
    task.request.headers.iter().map(|(_, value)| value.as_str())
}

fn content_type(task: &SignTask) -> Option<&str> {
    let is_it = |(name, _): &&(String, String)| name.eq_ignore_ascii_case("content-type");
    task.request.headers.iter().find(is_it).map(|(_, value)| value.as_str())
}

fn repeats<T: Ord>(items: impl Iterator<Item = T>) -> bool {
    let mut items: Vec<_> = items.collect();
    items.sort_unstable();
    items.windows(2).any(|pair| pair[0] == pair[1])
}

/// Whether a coordinate of the public SM2 key of the key pair is shorter than 32 bytes: one key of 128 has such.
fn sm2_key_begins_with_zero(task: &SignTask) -> bool {
    let Ok(access_key) = AccessKeyId::parse(&task.credential.access_key) else { return false };
    let key = Key::new(access_key, SecretKey::new(task.credential.secret_key.as_str()));
    let is_sm2 = task.algorithm == Algorithm::Sm2Sm3.token();
    let Ok(SigningKey::Sm2(key)) = key.signing_key(Algorithm::Sm2Sm3, "") else { return false };
    let point = key.verifying_key().to_sec1_bytes();
    is_sm2 && [point.get(1), point.get(33)].contains(&Some(&0))
}
