//! Clients that make two mistakes at once.

use crate::Spoiled;
use crate::client::{BODY, SECRET};

pub(crate) const CASES: &[Spoiled] = &[
    ("path-as-sent+path-without-final-slash", |case| {
        case.signing.path = "/v1/shops/caf%C3%A9/a%20b/x:y".to_owned();
    }),
    ("path-without-final-slash+query-as-sent", |case| {
        _ = case.signing.path.pop();
        case.signing.query = "b-c=1&b=2&a=x%20y&Z=1&t=9&t=8&none&p=%2F:".to_owned();
    }),
    ("path-without-final-slash+host-without-port", |case| {
        _ = case.signing.path.pop();
        case.signing.set("host", "Api.example.com");
    }),
    ("secret-with-blank+json-compacted", |case| {
        case.key = format!("{SECRET}\n").into();
        case.bodies(BODY, "{\"size\":2,\"name\":\"caf\u{e9}/1\"}");
    }),
    ("query-left-out+body-hash-of-empty", |case| {
        case.signing.query = String::new();
        case.bodies(BODY, "");
    }),
    ("content-type-charset+header-value-not-trimmed", |case| {
        case.send("Content-Type", "application/json; charset=utf-8");
        for line in &mut case.signing.block {
            line.1.insert(0, ' ');
        }
    }),
    ("clock-off+path-without-final-slash", |case| {
        case.known.now += 100_000;
        _ = case.signing.path.pop();
    }),
    ("signature-upper-case+query-left-out", |case| {
        case.spell = |code| hex::encode_upper(code);
        case.signing.query = String::new();
    }),
];
