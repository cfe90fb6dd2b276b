//! Every recorded request of `spec/vectors/verify` gets the verdict it asks for.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a failed expectation is a test's job")]

mod common;

use base64::{Engine, prelude::BASE64_STANDARD};
use common::{Received, Refusal, verify};
use countersign_types::{AccessKeyId, SecretKey, Timestamp};
use countersign_verify::{Error, Key, Policy};
use serde::Deserialize;
use std::io::Read;

#[derive(Deserialize)]
struct File {
    vectors: Vec<Vector>,
}

#[derive(Deserialize)]
struct Vector {
    id: String,
    tier: String,
    now: String,
    credential: Credential,
    wire: Wire,
    authorization: Option<Authorization>,
    canonical_request: Option<String>,
    expect: Expectation,
}

#[derive(Deserialize)]
struct Credential {
    ak: String,
    sk: String,
}

#[derive(Deserialize)]
struct Authorization {
    algorithm: String,
}

#[derive(Deserialize)]
struct Wire {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body_b64: Option<String>,
    body_gz_b64: Option<String>,
}

#[derive(Deserialize)]
struct Expectation {
    result: String,
    error: Option<String>,
}

impl Vector {
    fn request(&self) -> Received {
        let latin1 = |text: &str| text.chars().map(|character| u8::try_from(character).unwrap()).collect();
        Received {
            method: self.wire.method.clone(),
            target: latin1(&self.wire.target),
            headers: self.wire.headers.iter().map(|(name, value)| (name.clone(), latin1(value))).collect(),
            body: self.wire.body(),
        }
    }

    fn key(&self, secret: &str) -> Key {
        Key::new(AccessKeyId::parse(&self.credential.ak).unwrap(), SecretKey::new(secret))
    }

    fn now(&self) -> Timestamp {
        Timestamp::parse_basic(self.now.as_bytes()).unwrap()
    }
}

impl Wire {
    fn body(&self) -> Vec<u8> {
        if let Some(plain) = &self.body_b64 {
            return BASE64_STANDARD.decode(plain).unwrap();
        }
        let packed = BASE64_STANDARD.decode(self.body_gz_b64.as_ref().expect("a vector has a body")).unwrap();
        let mut body = Vec::new();
        flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut body).unwrap();
        body
    }
}

fn vectors() -> Vec<Vector> {
    let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/../../spec/vectors/verify");
    let mut vectors = Vec::new();
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let file: File = serde_json::from_slice(&std::fs::read(&path).unwrap())
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        vectors.extend(file.vectors);
    }
    assert!(vectors.len() > 200, "only {} vectors found", vectors.len());
    vectors
}

/// Whether a refusal is of the class that the vector names. One client signs a name twice where it means to
/// override the host; there the grammar already refuses what the vector calls a mismatch.
fn is_of_class(refusal: &Refusal, class: &str, tier: &str) -> bool {
    let error = match refusal {
        Refusal::Unsigned => return class == "MissingAuthorization",
        Refusal::UnknownKey => return ["unknown_key", "UnknownKey"].contains(&class),
        Refusal::Error(error) => error,
    };
    match class {
        "signature_mismatch" if matches!(error, Error::Mismatch { .. } | Error::ContentHashMismatch) => true,
        "signature_mismatch" if tier == "unverifiable" => matches!(error, Error::MalformedAuthorization(_)),
        "payload_hash_mismatch" => matches!(error, Error::ContentHashMismatch | Error::Mismatch { .. }),
        "expired" => matches!(error, Error::Expired { .. }),
        "missing_date" => matches!(error, Error::MissingDate),
        "bad_date" => matches!(error, Error::BadDate),
        "duplicate_header" => matches!(error, Error::DuplicateHeader(_)),
        "malformed_authorization" => {
            matches!(error, Error::MalformedAuthorization(_) | Error::MissingAccessKey)
        }
        "malformed_or_mismatch" => matches!(error, Error::MalformedAuthorization(_) | Error::Mismatch { .. }),
        // A class that is no group is the name of the error.
        name => format!("{error:?}").split([' ', '(', '{']).next() == Some(name),
    }
}

/// What is wrong with the verdict, if anything.
fn fault(vector: &Vector) -> Option<String> {
    let verdict =
        verify(&vector.request(), &vector.key(&vector.credential.sk), vector.now(), Policy::default());
    match (vector.expect.result.as_str(), verdict) {
        ("accept" | "may-accept", Ok(_)) | ("may-accept", Err(_)) => None,
        ("reject", Err(refusal)) => {
            let class = vector.expect.error.as_deref().unwrap_or_default();
            (!is_of_class(&refusal, class, &vector.tier))
                .then(|| format!("{}: {refusal:?} instead of {class}", vector.id))
        }
        (expected, verdict) => Some(format!("{}: {verdict:?} instead of {expected}", vector.id)),
    }
}

#[test]
fn every_vector_gets_the_verdict_it_asks_for() {
    let faults: Vec<_> = vectors().iter().filter_map(fault).collect();
    assert!(faults.is_empty(), "{} wrong:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn a_mismatch_shows_the_canonical_request_that_the_client_signed() {
    let mut compared = 0;
    for vector in
        vectors().iter().filter(|vector| vector.tier == "strict" && vector.expect.result == "accept")
    {
        let is_form = vector.id.contains("body-form-empty");
        let Some(canonical) = vector.canonical_request.as_ref().filter(|_| !is_form) else { continue };
        let refusal =
            verify(&vector.request(), &vector.key("another secret"), vector.now(), Policy::default());
        let Err(Refusal::Error(Error::Mismatch { canonical_request })) = refusal else {
            panic!("{}: {refusal:?}", vector.id);
        };
        assert_eq!(&canonical_request, canonical, "{}", vector.id);
        compared += 1;
    }
    assert!(compared > 100, "only {compared} compared");
}

#[test]
fn every_algorithm_is_among_the_vectors() {
    let vectors = vectors();
    for algorithm in countersign_verify::Algorithm::ALL {
        let is_present = vectors.iter().any(|vector| {
            vector.expect.result == "accept"
                && vector.authorization.as_ref().is_some_and(|header| header.algorithm == algorithm.token())
        });
        assert!(is_present, "{}", algorithm.token());
    }
}

#[test]
fn a_raw_path_is_accepted_by_policy_only_and_says_so() {
    let policy = Policy { raw_path: true, ..Policy::default() };
    let vectors = vectors();
    let raw: Vec<_> = vectors
        .iter()
        .filter(|vector| vector.id.ends_with("/path-pctA") && vector.tier == "optional")
        .collect();
    assert!(!raw.is_empty(), "no vector signs its raw path");
    for vector in raw {
        let key = vector.key(&vector.credential.sk);
        let verify = |policy| verify(&vector.request(), &key, vector.now(), policy);
        assert!(verify(Policy::default()).is_err(), "{}", vector.id);
        assert_eq!(verify(policy).unwrap().path_form(), countersign_verify::PathForm::Raw, "{}", vector.id);
    }
}
