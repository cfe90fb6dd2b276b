//! Mistakes of putting the text together and of signing it.

use crate::Spoiled;
use crate::client::{BODY, hmac_sha256, hmac_sm3, sha256, sm3};

pub(crate) const CASES: &[Spoiled] = &[
    ("line-breaks-crlf", |case| {
        case.signing.canonical = |signing| signing.canonical_lines("\r\n");
        case.signing.string_to_sign = |signing, canonical| {
            format!("{}\r\n{}\r\n{}", signing.token, signing.date, sha256(canonical.as_bytes()))
        };
    }),
    ("line-breaks-crlf", |case| case.signing.canonical = |signing| signing.canonical_lines("\r\n")),
    ("blank-line-missing", |case| {
        case.signing.canonical = |signing| {
            let names = &signing.names;
            signing.canonical_lines("\n").replace(&format!("\n\n{names}"), &format!("\n{names}"))
        };
    }),
    ("ends-in-line-break", |case| {
        case.signing.canonical = |signing| signing.canonical_lines("\n") + "\n";
    }),
    ("ends-in-line-break", |case| {
        case.signing.string_to_sign = |signing, canonical| {
            format!("{}\n{}\n{}\n", signing.token, signing.date, sha256(canonical.as_bytes()))
        };
    }),
    ("signed-names-line-missing", |case| {
        case.signing.canonical =
            |signing| signing.canonical_lines("\n").replace(&format!("{}\n", signing.names), "");
    }),
    ("canonical-hash-upper-case", |case| {
        case.signing.string_to_sign = |signing, canonical| {
            format!("{}\n{}\n{}", signing.token, signing.date, sha256(canonical.as_bytes()).to_uppercase())
        };
    }),
    ("canonical-request-unhashed", |case| {
        case.signing.string_to_sign =
            |signing, canonical| format!("{}\n{}\n{canonical}", signing.token, signing.date);
    }),
    ("string-to-sign-left-out", |case| {
        case.signing.string_to_sign = |_, canonical| sha256(canonical.as_bytes());
    }),
    ("string-to-sign-left-out", |case| case.signing.string_to_sign = |_, canonical| canonical.to_owned()),
    ("algorithm-swapped", |case| {
        case.signing.payload = sm3(BODY.as_bytes());
        case.signing.string_to_sign = |signing, canonical| {
            format!("{}\n{}\n{}", signing.token, signing.date, sm3(canonical.as_bytes()))
        };
        case.signing.code = hmac_sm3;
    }),
    ("algorithm-swapped", |case| {
        case.signing.token = "SDK-HMAC-SM3".to_owned();
        case.signing.string_to_sign = |signing, canonical| {
            format!("SDK-HMAC-SHA256\n{}\n{}", signing.date, sha256(canonical.as_bytes()))
        };
    }),
    ("algorithm-swapped", |case| case.signing.payload = sm3(BODY.as_bytes())),
    ("algorithm-name-swapped", |case| {
        case.signing.string_to_sign = |signing, canonical| {
            format!("V11-HMAC-SHA256\n{}\n{}", signing.date, sha256(canonical.as_bytes()))
        };
    }),
    ("hmac-arguments-swapped", |case| case.signing.code = |key, text| hmac_sha256(text, key)),
];
