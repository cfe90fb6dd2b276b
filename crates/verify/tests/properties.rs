//! What holds for all requests: what our signer signs is accepted, any change of a signed part is refused, and
//! no bytes make the verifier panic.

#![expect(clippy::unwrap_used, reason = "a failed expectation is a test's job")]

mod common;

use common::{Received, Refusal, verify};
use countersign_sign::{Algorithm, Payload, Request, Signer};
use countersign_types::{AccessKeyId, SecretKey, Timestamp};
use countersign_verify::{Error, Key, Policy, present};
use proptest::prelude::*;

const SECRET: &str = "4j7Ti2mCa07EY494nMZupfY1uyEcq4WE1Ur48O8B";

fn access_key() -> AccessKeyId {
    AccessKeyId::parse("PROPERTY000000000000").unwrap()
}

fn key() -> Key {
    Key::new(access_key(), SecretKey::new(SECRET))
}

fn now() -> Timestamp {
    Timestamp::parse_basic(b"20250102T030405Z").unwrap()
}

/// A request before signing.
#[derive(Debug, Clone)]
struct Plain {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    algorithm: Algorithm,
    is_unsigned: bool,
}

impl Plain {
    fn send(&self) -> Received {
        let mut lines = vec![("Host".to_owned(), "api.example.com:8443".to_owned())];
        lines.extend(self.headers.iter().cloned());
        let headers: Vec<_> = lines.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let payload = if self.is_unsigned { Payload::Unsigned } else { Payload::Body(&self.body) };
        let request = Request { method: &self.method, target: &self.target, headers: &headers, payload };
        let signer = Signer::new(access_key(), SecretKey::new(SECRET))
            .algorithm(self.algorithm)
            .scope("eu-west-101", "apig");
        let signed = signer.sign(&request, now()).unwrap();
        lines.extend(signed.headers.into_iter().map(|(name, value)| (name.to_owned(), value)));
        Received {
            method: self.method.clone(),
            target: self.target.clone().into_bytes(),
            headers: lines.into_iter().map(|(name, value)| (name, value.into_bytes())).collect(),
            body: self.body.clone(),
        }
    }
}

fn plain() -> impl Strategy<Value = Plain> {
    let header = ("x-[a-z]{1,6}-[0-9]{1,3}", "[!-~]([ -~é]{0,20}[!-~])?");
    (
        "(GET|POST|PUT|DELETE|PATCH|HEAD)",
        "(/[A-Za-z0-9._~%+*!'();:@=,\\[\\]é-]{0,8}){1,4}(\\?[A-Za-z0-9._~%+&=/?é-]{0,30})?",
        prop::collection::btree_map(header.0, header.1, 0..5),
        prop::collection::vec(any::<u8>(), 0..200),
        prop::sample::select(&Algorithm::ALL[..]),
        any::<bool>(),
    )
        .prop_map(|(method, target, headers, body, algorithm, is_unsigned)| Plain {
            method,
            target,
            headers: headers.into_iter().collect(),
            body,
            algorithm,
            is_unsigned,
        })
}

/// One change of a signed part. Where a request has no such part, there is nothing to try.
#[derive(Debug, Clone, Copy)]
enum Change {
    Method,
    PathSegment,
    PathEncoding,
    QueryPair,
    Host,
    Date,
    HeaderValue,
    Body,
    BodyLonger,
    SignatureDigit,
    SignedName,
    Algorithm,
}

const CHANGES: [Change; 12] = [
    Change::Method,
    Change::PathSegment,
    Change::PathEncoding,
    Change::QueryPair,
    Change::Host,
    Change::Date,
    Change::HeaderValue,
    Change::Body,
    Change::BodyLonger,
    Change::SignatureDigit,
    Change::SignedName,
    Change::Algorithm,
];

impl Change {
    /// `None` when the request has no such part.
    fn apply(self, mut request: Received, position: usize) -> Option<Received> {
        let path_end = request.target.iter().position(|byte| *byte == b'?').unwrap_or(request.target.len());
        match self {
            Self::Method => request.method.push('X'),
            Self::PathSegment => drop(request.target.splice(path_end..path_end, *b"/x")),
            Self::PathEncoding => drop(request.target.splice(path_end..path_end, *b"%2525")),
            Self::QueryPair if path_end == request.target.len() => request.target.extend(b"?added=1"),
            Self::QueryPair => request.target.extend(b"&added=1"),
            Self::Host => request.header("Host")?.push(b'0'),
            Self::Date => *request.header("X-Sdk-Date")? = b"20250102T030406Z".to_vec(),
            Self::HeaderValue => {
                let name = request
                    .headers
                    .iter()
                    .find(|(name, _)| name.starts_with("x-"))
                    .map(|(name, _)| name.clone())?;
                request.header(&name)?.push(b'!');
            }
            Self::Body => {
                let at = position.checked_rem(request.body.len())?;
                request.body[at] ^= 1;
            }
            Self::BodyLonger => request.body.push(0),
            Self::SignatureDigit => {
                let header = request.header("Authorization")?;
                let at = header.len() - 1 - position % 64;
                header[at] = if header[at] == b'0' { b'1' } else { b'0' };
            }
            Self::SignedName => request.replace_in_authorization("SignedHeaders=host;", "SignedHeaders=")?,
            Self::Algorithm => request.replace_in_authorization("SDK-HMAC-SHA256", "SDK-HMAC-SM3")?,
        }
        Some(request)
    }

    const fn is_of_body(self) -> bool {
        matches!(self, Self::Body | Self::BodyLonger)
    }
}

impl Received {
    fn header(&mut self, name: &str) -> Option<&mut Vec<u8>> {
        self.headers.iter_mut().find(|(other, _)| other == name).map(|(_, value)| value)
    }

    fn replace_in_authorization(&mut self, from: &str, to: &str) -> Option<()> {
        let header = self.header("Authorization")?;
        let text = String::from_utf8(header.clone()).ok()?;
        text.contains(from).then(|| *header = text.replace(from, to).into_bytes())
    }
}

proptest! {
    #[test]
    fn what_our_signer_signs_is_accepted(plain in plain()) {
        let verified = verify(&plain.send(), &key(), now(), Policy::default()).unwrap();
        prop_assert_eq!(verified.payload_unsigned(), plain.is_unsigned);
        prop_assert_eq!(verified.algorithm(), plain.algorithm);
    }

    #[test]
    fn any_change_of_a_signed_part_is_refused(
        plain in plain(),
        change in prop::sample::select(&CHANGES[..]),
        position in any::<prop::sample::Index>(),
    ) {
        if plain.is_unsigned && change.is_of_body() {
            return Ok(());
        }
        let Some(changed) = change.apply(plain.send(), position.index(1 << 16)) else {
            return Ok(());
        };
        let verdict = verify(&changed, &key(), now(), Policy { raw_path: true, ..Policy::default() });
        prop_assert!(verdict.is_err(), "{change:?} passed: {changed:?}");
    }

    #[test]
    fn another_secret_is_a_mismatch(plain in plain()) {
        let other = Key::new(access_key(), SecretKey::new("another secret"));
        let verdict = verify(&plain.send(), &other, now(), Policy::default());
        prop_assert!(matches!(verdict, Err(Refusal::Error(Error::Mismatch { .. }))), "{verdict:?}");
    }

    #[test]
    fn an_unsigned_payload_needs_the_policy(plain in plain()) {
        let plain = Plain { is_unsigned: true, ..plain };
        let policy = Policy { unsigned_payload: false, ..Policy::default() };
        let verdict = verify(&plain.send(), &key(), now(), policy);
        prop_assert_eq!(verdict.err(), Some(Refusal::Error(Error::UnsignedPayload)));
    }

    #[test]
    fn no_bytes_make_the_verifier_panic(
        method in "\\PC{0,8}",
        target in prop::collection::vec(any::<u8>(), 0..100),
        authorization in authorization(),
        date in prop_oneof![Just(b"20250102T030405Z".to_vec()), prop::collection::vec(any::<u8>(), 0..20)],
        headers in prop::collection::vec((name(), prop::collection::vec(any::<u8>(), 0..70)), 0..8),
        body in prop::collection::vec(any::<u8>(), 0..50),
    ) {
        let mut request = Received { method, target, headers, body };
        request.headers.push(("authorization".to_owned(), authorization));
        request.headers.push(("x-sdk-date".to_owned(), date));
        let verdict = verify(&request, &key(), now(), Policy { raw_path: true, ..Policy::default() });
        prop_assert!(verdict.is_err());
    }

    #[test]
    fn no_authorization_bytes_make_the_parser_panic(authorization in prop::collection::vec(any::<u8>(), 0..200)) {
        let headers = vec![("Authorization".to_owned(), authorization)];
        let request = Received { method: "GET".to_owned(), target: b"/".to_vec(), headers, body: Vec::new() };
        // The date is missing, so that nothing can come of it but a refusal.
        prop_assert!(!matches!(present(&request), Ok(Some(_))));
    }
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("X-Sdk-Content-Sha256".to_owned()),
        Just("X-Sdk-Content-Sm3".to_owned()),
        Just("X-Project-Id".to_owned()),
        Just("Host".to_owned()),
        "[a-zA-Z_-]{1,12}",
    ]
}

/// Headers that come close to the grammar.
fn authorization() -> impl Strategy<Value = Vec<u8>> {
    let token = prop::sample::select(&Algorithm::ALL[..]).prop_map(Algorithm::token);
    let names = "(host;|x-a;|Host;|;|authorization;|é;){0,3}x-sdk-date";
    let credential =
        "(Access=PROPERTY000000000000|Credential=PROPERTY000000000000/20250102/r/s|Access=\\PC{0,5})";
    (token, credential, names, "([0-9a-f]{64}|[0-9a-f]{140,144}|\\PC{0,70})").prop_map(
        |(token, credential, names, signature)| {
            format!("{token} {credential}, SignedHeaders={names}, Signature={signature}").into_bytes()
        },
    )
}
