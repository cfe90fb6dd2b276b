//! The verifier's rules, clause by clause of `spec/protocol.md`.

#![expect(clippy::unwrap_used, reason = "a failed expectation is a test's job")]

mod common;

use common::{Received, Refusal, verify};
use countersign_sign::{Algorithm, Payload, Request, Signer};
use countersign_types::{AccessKeyId, SecretKey, Timestamp};
use countersign_verify::{Algorithms, Error, Key, Policy, Verified, present};

const SIGNED_AT: u64 = 1_735_787_045;

fn access_key() -> AccessKeyId {
    AccessKeyId::parse("RULES000000000000000").unwrap()
}

fn secret() -> SecretKey {
    SecretKey::new("4j7Ti2mCa07EY494nMZupfY1uyEcq4WE1Ur48O8B")
}

/// A signed POST with a body.
fn request(payload: Payload<'_>) -> Received {
    let given = [("Host", "api.example.com"), ("X-Project-Id", "p1")];
    let request = Request { method: "POST", target: "/orders?b=2&a=1", headers: &given, payload };
    let signer = Signer::new(access_key(), secret());
    let signed = signer.sign(&request, Timestamp::from_unix(SIGNED_AT)).unwrap();
    let given = given.map(|(name, value)| (name.to_owned(), value.as_bytes().to_vec()));
    let added = signed.headers.into_iter().map(|(name, value)| (name.to_owned(), value.into_bytes()));
    Received {
        method: "POST".to_owned(),
        target: b"/orders?b=2&a=1".to_vec(),
        headers: given.into_iter().chain(added).collect(),
        body: b"the body".to_vec(),
    }
}

/// The same with a declared digest, signed the way clients do when a caller sets the header.
fn declared(content_hash: &str) -> Received {
    let mut request = request(Payload::Unsigned);
    let (_, value) = request.headers.iter_mut().find(|(name, _)| name == "X-Sdk-Content-Sha256").unwrap();
    *value = content_hash.as_bytes().to_vec();
    let mismatch = judge(&request);
    let Err(Refusal::Error(Error::Mismatch { canonical_request })) = mismatch else { return request };
    resign(&mut request, &canonical_request);
    request
}

/// Puts the right signature of a canonical request into the header, as a client would that means it.
fn resign(request: &mut Received, canonical_request: &str) {
    let digest =
        countersign_sign::Hasher::digest(countersign_sign::Hash::Sha256, &[canonical_request.as_bytes()]);
    let text = countersign_sign::StringToSign::new(Algorithm::HmacSha256, b"20250102T030405Z", "", &digest);
    let key = Key::new(access_key(), secret()).signing_key(Algorithm::HmacSha256, "").unwrap();
    let signature = key.sign(text.as_bytes()).unwrap();
    let (_, header) = request.headers.iter_mut().find(|(name, _)| name == "Authorization").unwrap();
    let unsigned = header.len() - 64;
    header.truncate(unsigned);
    header.extend(signature.into_bytes());
}

fn judge(request: &Received) -> Result<Verified, Refusal> {
    judge_at(request, SIGNED_AT)
}

fn judge_at(request: &Received, now: u64) -> Result<Verified, Refusal> {
    verify(request, &Key::new(access_key(), secret()), Timestamp::from_unix(now), Policy::default())
}

fn error(request: &Received) -> Error {
    match judge(request) {
        Err(Refusal::Error(error)) => error,
        verdict => unreachable!("{verdict:?}"),
    }
}

#[test]
fn a_signed_request_is_accepted_and_the_proof_says_when_it_was_signed() {
    let verified = judge(&request(Payload::Body(b"the body"))).unwrap();
    assert_eq!(verified.signing_time(), Timestamp::from_unix(SIGNED_AT));
    assert!(!verified.payload_unsigned());
}

#[test]
fn clause_2_2_a_request_without_a_header_of_this_family_is_not_signed() {
    let mut request = request(Payload::Body(b"the body"));
    request.headers.retain(|(name, _)| name != "Authorization");
    assert_eq!(judge(&request).err(), Some(Refusal::Unsigned));
    request.headers.push(("authorization".to_owned(), b"Basic YTpi".to_vec()));
    request.headers.push(("host".to_owned(), b"second".to_vec()));
    assert_eq!(judge(&request).err(), Some(Refusal::Unsigned));
}

#[test]
fn clause_2_4_the_day_of_the_scope_is_that_of_the_date() {
    let headers = [("Host", "h")];
    let plain = Request { method: "GET", target: "/", headers: &headers, payload: Payload::Body(b"") };
    let signer = Signer::new(access_key(), secret()).algorithm(Algorithm::V11HmacSha256).scope("r", "s");
    let signed = signer.sign(&plain, Timestamp::from_unix(SIGNED_AT)).unwrap();
    let mut request = request(Payload::Body(b""));
    request.headers =
        signed.headers.into_iter().map(|(name, value)| (name.to_owned(), value.into_bytes())).collect();
    let (_, header) = request.headers.last_mut().unwrap();
    *header = String::from_utf8(header.clone()).unwrap().replace("/20250102/", "/20250103/").into_bytes();
    assert!(matches!(error(&request), Error::MalformedAuthorization(_)));
}

#[test]
fn clause_3_3_a_line_break_in_a_signed_value_is_refused() {
    for byte in [b'\n', b'\r', 0] {
        let mut request = request(Payload::Body(b"the body"));
        let (_, value) = request.headers.iter_mut().find(|(name, _)| name == "X-Project-Id").unwrap();
        value.insert(1, byte);
        assert!(matches!(error(&request), Error::MalformedAuthorization(_)));
    }
}

#[test]
fn clause_5_1_no_critical_header_stands_twice_signed_or_not() {
    for name in [
        "Authorization",
        "X-Sdk-Date",
        "Host",
        "X-Sdk-Content-Sha256",
        "X-Sdk-Content-Sm3",
        "X-Security-Token",
        "X-Project-Id",
        "X-Domain-Id",
    ] {
        let mut request = request(Payload::Body(b"the body"));
        let value = request.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.clone());
        let copies = if value.is_some() { 1 } else { 2 };
        for _ in 0..copies {
            request.headers.push((name.to_lowercase(), value.clone().unwrap_or_default()));
        }
        assert_eq!(error(&request), Error::DuplicateHeader(name));
    }
}

#[test]
fn clause_5_2_a_signed_name_that_is_absent_counts_as_empty() {
    let mut request = request(Payload::Body(b"the body"));
    let (_, header) = request.headers.last_mut().unwrap();
    *header =
        String::from_utf8(header.clone()).unwrap().replace(";x-sdk-date", ";x-empty;x-sdk-date").into_bytes();
    let Error::Mismatch { canonical_request } = error(&request) else { unreachable!() };
    assert!(canonical_request.contains("\nx-empty:\n"));
    resign(&mut request, &canonical_request);
    assert!(judge(&request).is_ok());
}

#[test]
fn clause_5_3_the_window_is_fifteen_minutes_inclusive_on_both_sides() {
    let request = request(Payload::Body(b"the body"));
    assert!(judge_at(&request, SIGNED_AT + 900).is_ok());
    assert!(judge_at(&request, SIGNED_AT - 900).is_ok());
    for now in [SIGNED_AT + 901, SIGNED_AT - 901] {
        let (signed, server) = (Timestamp::from_unix(SIGNED_AT), Timestamp::from_unix(now));
        assert_eq!(judge_at(&request, now).err(), Some(Refusal::Error(Error::Expired { signed, server })));
    }
}

#[test]
fn clause_5_3_the_refusal_names_both_times() {
    let error = Error::Expired {
        signed: Timestamp::parse_basic(b"20211217T064303Z").unwrap(),
        server: Timestamp::parse_basic(b"20211217T065804Z").unwrap(),
    };
    assert_eq!(
        error.to_string(),
        "signature expired, signature time:20211217T064303Z,server time:20211217T065804Z"
    );
}

#[test]
fn clause_5_4_a_wrong_signature_over_a_declared_payload_is_refused_before_the_body() {
    let request = request(Payload::Unsigned);
    let other = Key::new(access_key(), SecretKey::new("another"));
    let presented = present(&request).unwrap().unwrap();
    assert!(matches!(presented.claim(&request, &other, Policy::default()), Err(Error::Mismatch { .. })));
}

#[test]
fn clause_5_4_a_declared_digest_is_held_against_the_body() {
    let digest = countersign_sign::Hasher::digest(countersign_sign::Hash::Sha256, &[b"the body"]);
    let honest = declared(&hex::encode(digest));
    assert!(!judge(&honest).unwrap().payload_unsigned());
    let lie = declared(&"ab".repeat(32));
    assert_eq!(error(&lie), Error::ContentHashMismatch);
}

#[test]
fn clause_5_4_any_other_declaration_is_refused() {
    for value in ["", "unsigned-payload", "UNSIGNED", "abcd", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"] {
        assert_eq!(error(&declared(value)), Error::BadContentHash, "{value}");
    }
}

#[test]
fn clause_5_4_a_payload_declared_unsigned_but_signed_as_empty_must_be_empty() {
    let mut request = request(Payload::Unsigned);
    let Some((_, header)) = request.headers.last_mut() else { unreachable!() };
    header.truncate(header.len() - 64);
    header.extend([b'0'; 64]);
    let Error::Mismatch { canonical_request } = error(&request) else { unreachable!() };
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    resign(&mut request, &canonical_request.replace("\nUNSIGNED-PAYLOAD", &format!("\n{empty}")));
    assert_eq!(error(&request), Error::ContentHashMismatch);
    request.body.clear();
    assert!(!judge(&request).unwrap().payload_unsigned());
}

#[test]
fn clause_5_5_other_orders_of_the_query_are_accepted() {
    for (target, signed) in
        [("/?b=1&a=2", "b=1&a=2"), ("/?%C3%A9=1&z=2", "%C3%A9=1&z=2"), ("/?a=9&a=10", "a=9&a=10")]
    {
        let mut request = request(Payload::Body(b"the body"));
        request.target = target.as_bytes().to_vec();
        let Error::Mismatch { canonical_request } = error(&request) else { unreachable!() };
        let mut lines: Vec<&str> = canonical_request.split('\n').collect();
        assert_ne!(lines[2], signed);
        lines[2] = signed;
        resign(&mut request, &lines.join("\n"));
        assert!(judge(&request).is_ok(), "{target}");
    }
}

#[test]
fn clause_5_7_an_algorithm_outside_the_policy_is_refused() {
    let request = request(Payload::Body(b"the body"));
    let policy = Policy { algorithms: Algorithms::of(&[Algorithm::HmacSm3]), ..Policy::default() };
    let presented = present(&request).unwrap().unwrap();
    let claim = presented.claim(&request, &Key::new(access_key(), secret()), policy);
    assert_eq!(claim.err(), Some(Error::UnsupportedAlgorithm));
}

#[test]
fn a_key_of_another_name_is_a_mismatch() {
    let request = request(Payload::Body(b"the body"));
    let other = Key::new(AccessKeyId::parse("OTHER000000000000000").unwrap(), secret());
    let claim = present(&request).unwrap().unwrap().claim(&request, &other, Policy::default());
    assert!(matches!(claim.err(), Some(Error::Mismatch { .. })));
}
