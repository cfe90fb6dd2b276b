//! Mistakes of the Authorization header and of the time.

use crate::Spoiled;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use countersign_verify::Policy;

pub(crate) const CASES: &[Spoiled] = &[
    ("authorization-missing", |case| case.authorization = Some(String::new())),
    ("authorization-of-another-scheme", |case| {
        case.authorization =
            Some("AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=00".to_owned());
    }),
    ("authorization-malformed", |case| {
        case.authorization = Some("SDK-HMAC-SHA256 Access=key, SignedHeaders=host".to_owned());
    }),
    ("authorization-malformed", |case| case.listed.push_str(", Extra=1")),
    ("algorithm-unknown", |case| case.signing.token = "SDK-HMAC-SHA1".to_owned()),
    ("header-twice", |case| {
        let date = case.headers[1].clone();
        case.headers.push(date);
        case.signing.block.push(case.signing.block[3].clone());
    }),
    ("signed-names-upper-case", |case| case.listed = "Content-Type;Host;X-Custom;X-Sdk-Date".to_owned()),
    ("date-not-signed", |case| {
        case.signing.block.pop();
        case.listed = "content-type;host;x-custom".to_owned();
        case.signing.names.clone_from(&case.listed);
    }),
    ("signature-upper-case", |case| case.spell = |code| hex::encode_upper(code)),
    ("signature-base64", |case| case.spell = |code| STANDARD.encode(code)),
    ("signature-base64", |case| case.spell = |code| STANDARD.encode(hex::encode(code))),
    ("content-hash-malformed", |case| {
        case.sign_and_send("X-Sdk-Content-Sha256", "none");
        case.signing.payload = "none".to_owned();
    }),
    ("unsigned-payload-refused", |case| {
        case.sign_and_send("X-Sdk-Content-Sha256", "UNSIGNED-PAYLOAD");
        case.signing.payload = "UNSIGNED-PAYLOAD".to_owned();
        case.known.policy = Policy { unsigned_payload: false, ..Policy::default() };
    }),
    ("date-missing", |case| {
        case.headers.remove(1);
        case.signing.set("x-sdk-date", "");
        case.signing.date = String::new();
    }),
    ("date-malformed", |case| {
        case.send("X-Sdk-Date", "2025-01-02T03:04:05Z");
        case.signing.set("x-sdk-date", "2025-01-02T03:04:05Z");
        case.signing.date = "2025-01-02T03:04:05Z".to_owned();
    }),
    ("wrong-date-header", |case| {
        case.send("Date", "Thu, 02 Jan 2025 03:04:05 GMT");
        case.signing.date = "Thu, 02 Jan 2025 03:04:05 GMT".to_owned();
    }),
    ("wrong-date-header", |case| {
        case.headers.remove(1);
        case.send("Date", "Thu, 02 Jan 2025 03:04:05 GMT");
        case.signing.block[3] = ("date".to_owned(), "Thu, 02 Jan 2025 03:04:05 GMT".to_owned());
        case.listed = "content-type;host;x-custom;date".to_owned();
        case.signing.names.clone_from(&case.listed);
        case.signing.date = "20250102T030405Z".to_owned();
    }),
    ("date-in-another-form", |case| case.signing.date = "2025-01-02T03:04:05Z".to_owned()),
    ("date-in-another-form", |case| case.signing.date = "1735787045".to_owned()),
    ("local-time", |case| case.known.now -= 8 * 3_600 + 3),
    ("local-time", |case| case.known.now += 5 * 3_600 - 60),
    ("clock-off", |case| case.known.now += 901),
    ("clock-off", |case| case.known.now -= 4_000),
];
