//! Requests made to hurt: nothing panics, and nothing costs more than it may.

#![expect(clippy::unwrap_used, reason = "a failed expectation is a test's job")]

use countersign_diagnosis::{Limits, Place, Received, Situation, diagnose};
use countersign_types::{AccessKeyId, SecretKey, Timestamp};
use countersign_verify::Key;
use proptest::prelude::*;

const LIMITS: Limits = Limits { hashes_max: 300, head_bytes_max: 4096, body_bytes_max: 4096 };

fn key() -> Key {
    Key::new(AccessKeyId::parse("KEY").unwrap(), SecretKey::new("secret"))
}

fn hashes(target: &[u8], lines: &[(String, Vec<u8>)], names: &str, body: &[u8]) -> u32 {
    let authorization =
        format!("SDK-HMAC-SHA256 Access=KEY, SignedHeaders={names}, Signature={}", "0f".repeat(32));
    let mut headers: Vec<_> = lines.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect();
    headers.push(("X-Sdk-Date", b"20231114T221320Z"));
    headers.push(("Authorization", authorization.as_bytes()));
    let request = Received { method: "POST", target, headers, body: Some(body) };
    let place = Place::new(Timestamp::from_unix(1_700_000_000));
    let key = key();
    let situation = Situation { limits: LIMITS, ..Situation::new(&request, Some(&key), place) };
    diagnose(&situation).hashes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes_are_taken_within_the_budget(
        target in proptest::collection::vec(any::<u8>(), 0..80),
        host in proptest::collection::vec(any::<u8>(), 0..20),
        kind in "[ -~]{0,30}",
        forwarded in "(host=|[;,\" a:0-9])*",
        body in proptest::collection::vec(any::<u8>(), 0..60),
        names in "([a-zA-Z-]{1,6}|host|content-type|forwarded)(;([a-z;]{0,5}|x-sdk-date)){0,4}",
    ) {
        let lines = [
            ("Host".to_owned(), host),
            ("Content-Type".to_owned(), kind.into_bytes()),
            ("Forwarded".to_owned(), forwarded.clone().into_bytes()),
            ("X-Original-URI".to_owned(), forwarded.into_bytes()),
        ];
        prop_assert!(hashes(&target, &lines, &names, &body) <= LIMITS.hashes_max);
    }

    #[test]
    fn any_authorization_is_taken(authorization in "(SDK-HMAC-SHA256|Access=|Credential=|SignedHeaders=|Signature=|[ ,;/a-f0-9=+])*") {
        let headers = vec![("Authorization", authorization.as_bytes())];
        let request = Received { method: "GET", target: b"/", headers, body: None };
        let key = key();
        let situation = Situation::new(&request, Some(&key), Place::new(Timestamp::from_unix(0)));
        prop_assert!(diagnose(&situation).hashes <= Limits::default().hashes_max);
    }
}

#[test]
fn many_headers_and_parameters_cost_no_more_than_the_budget() {
    let lines: Vec<_> = (0..90).map(|number| (format!("x-{number}"), b"a, b".to_vec())).collect();
    let names: Vec<_> = lines.iter().map(|(name, _)| name.clone()).chain(["x-sdk-date".to_owned()]).collect();
    let target = format!("/?{}", "b&a&".repeat(300));
    assert!(hashes(target.as_bytes(), &lines, &names.join(";"), b"{}") <= LIMITS.hashes_max);
}
