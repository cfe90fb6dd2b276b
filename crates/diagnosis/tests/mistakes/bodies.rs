//! Mistakes of the body and its hash.

use crate::Spoiled;
use crate::client::{BODY, sha256};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::Digest;

const COMPACT: &str = "{\"size\":2,\"name\":\"caf\u{e9}/1\"}";

pub(crate) const CASES: &[Spoiled] = &[
    ("body-hash-of-empty", |case| case.bodies(BODY, "")),
    ("body-hash-of-empty-object", |case| case.bodies("", "{}")),
    ("body-hash-of-null", |case| case.bodies("", "null")),
    ("body-hash-of-null", |case| case.bodies("", "\"\"")),
    ("json-compacted", |case| case.bodies(BODY, COMPACT)),
    ("json-spaced", |case| case.bodies(COMPACT, BODY)),
    ("json-indented", |case| case.bodies(BODY, "{\n  \"size\": 2,\n  \"name\": \"caf\u{e9}/1\"\n}")),
    ("json-keys-sorted", |case| case.bodies(BODY, "{\"name\": \"caf\u{e9}/1\", \"size\": 2}")),
    ("json-escaped", |case| case.bodies(BODY, "{\"size\": 2, \"name\": \"caf\\u00e9/1\"}")),
    ("json-escaped", |case| case.bodies(COMPACT, "{\"size\":2,\"name\":\"caf\\u00e9\\/1\"}")),
    ("json-escaped", |case| case.bodies("{\"size\":2,\"name\":\"caf\\u00e9/1\"}", COMPACT)),
    ("json-escaped", |case| case.bodies("{\"a\":\"<b>&\"}", "{\"a\":\"\\u003cb\\u003e\\u0026\"}")),
    ("body-newline", |case| case.bodies(BODY, &format!("{BODY}\n"))),
    ("body-newline", |case| case.bodies(&format!("{BODY}\r\n"), BODY)),
    ("body-line-breaks", |case| case.bodies("a\nb\n", "a\r\nb\r\n")),
    ("body-line-breaks", |case| case.bodies("a\r\nb", "a\nb")),
    ("body-byte-order-mark", |case| case.bodies(BODY, &format!("\u{feff}{BODY}"))),
    ("body-latin1", |case| case.signing.payload = sha256(b"{\"size\": 2, \"name\": \"caf\xe9/1\"}")),
    ("body-form-encoding", |case| case.bodies("a=x+y&b=1", "a=x%20y&b=1")),
    ("body-form-encoding", |case| case.bodies("a=x%20y&b=%2F", "a=x+y&b=%2F")),
    ("body-as-query", |case| {
        case.send("Content-Type", "application/x-www-form-urlencoded");
        case.signing.set("content-type", "application/x-www-form-urlencoded");
        case.targets("/v1/orders?z=1", "/v1/orders/", "a=x%20y&b=1&z=1");
        case.bodies("b=1&a=x+y", "");
    }),
    ("body-unhashed", |case| case.signing.payload = BODY.to_owned()),
    ("body-hash-upper-case", |case| case.signing.payload = case.signing.payload.to_uppercase()),
    ("body-hash-base64", |case| {
        case.signing.payload = STANDARD.encode(sha2::Sha256::digest(BODY));
    }),
    ("body-hash-left-out", |case| {
        case.signing.canonical = |signing| {
            let lines = signing.canonical_lines("\n");
            lines.strip_suffix(&signing.payload).unwrap().to_owned()
        };
    }),
    ("body-hash-left-out", |case| {
        case.signing.canonical =
            |signing| signing.canonical_lines("\n").rsplit_once('\n').unwrap().0.to_owned();
    }),
    ("unsigned-payload-undeclared", |case| case.signing.payload = "UNSIGNED-PAYLOAD".to_owned()),
    ("declared-hash-not-signed", |case| case.sign_and_send("X-Sdk-Content-Sha256", "UNSIGNED-PAYLOAD")),
    ("body-changed", |case| {
        let declared = sha256(b"another body");
        case.sign_and_send("X-Sdk-Content-Sha256", &declared);
        case.signing.payload = declared;
    }),
    ("json-compacted", |case| {
        let declared = sha256(COMPACT.as_bytes());
        case.sign_and_send("X-Sdk-Content-Sha256", &declared);
        case.signing.payload = declared;
    }),
];
