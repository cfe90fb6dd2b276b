//! What one signature costs: nanoseconds of CPU per sign and per verify of a GET with four query parameters
//! and five signed headers, as JSON on standard output.
//!
//! ```text
//! cargo run --release -p countersign-verify --example cost
//! {"batches":15,"requests":64,"sign_ns":{"min":…,"median":…},"verify_ns":{…},"backend_ns":{…},"ten_sha256_blocks_ns":{…}}
//! ```
//!
//! Ten blocks are what such a request costs in SHA-256 alone (seven of canonical request, three of HMAC): the floor of
//! the first two figures. The third is what a signature key adds to a call: the same target signed for a backend, over
//! host and content type.

#![expect(clippy::print_stdout, reason = "the figures are the product")]

use countersign_cost::{BATCHES, measure};
use countersign_sign::{Hash, Hasher, Payload, Request, Signer};
use countersign_types::{AccessKeyId, SecretKey, Timestamp};
use countersign_verify::{Head, Key, Policy, present};
use std::hint::black_box;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROUNDS: usize = 400;
const CALLERS: usize = 64;

fn main() {
    let now = Timestamp::parse_basic(b"20250102T030405Z").expect("the date is well-formed");
    let callers: Vec<Caller> = (0..CALLERS).map(Caller::new).collect();
    let received: Vec<Received> = callers.iter().map(|caller| caller.send(now)).collect();
    // The tenth block is the padding.
    let blocks = [0x61; 9 * 64];

    let sign = measure(&callers, ROUNDS, |caller| {
        black_box(caller.sign(now));
    });
    let pairs: Vec<_> = callers.iter().zip(&received).collect();
    let verify = measure(&pairs, ROUNDS, |(caller, received)| {
        let presented =
            present(*received).expect("the request is well-formed").expect("the request is signed");
        presented.check_time(now).expect("the request is fresh");
        let claim = presented.claim(*received, &caller.key, Policy::default()).expect("the claim holds");
        let body = claim.body_hasher();
        black_box(claim.finish(body).expect("the signature is good"));
    });
    let backend = measure(&callers, ROUNDS, |caller| {
        black_box(caller.sign_for_backend(now));
    });
    let floor = measure(&callers, ROUNDS, |_| {
        black_box(Hasher::digest(Hash::Sha256, &[black_box(&blocks)]));
    });
    println!(
        "{{\"batches\":{BATCHES},\"requests\":{CALLERS},\"sign_ns\":{sign},\"verify_ns\":{verify},\"backend_ns\":{backend},\"ten_sha256_blocks_ns\":{floor}}}"
    );
}

/// One of many key pairs, each with a target of its own.
struct Caller {
    signer: Signer,
    key: Key,
    target: String,
    project: String,
}

impl Caller {
    fn new(number: usize) -> Self {
        let access_key =
            AccessKeyId::parse(&format!("COSTKEY{number:013}")).expect("the key id is well-formed");
        let secret = SecretKey::new(format!("secret-of-forty-characters-and-number{number:03}"));
        Self {
            signer: Signer::new(access_key.clone(), secret.clone()),
            key: Key::new(access_key, secret),
            target: format!("/v2/orders/{number}/items?limit={number}&marker=m{number}&offset=0&sort=name"),
            project: format!("{number:032x}"),
        }
    }

    fn headers(&self) -> [(&str, &str); 4] {
        [
            ("Host", "c48a1b2c3d4e5f60718293a4b5c6d7e8.apigw.example.com"),
            ("User-Agent", "huaweicloud-usdk-python/3.0"),
            ("Content-Type", "application/json"),
            ("X-Project-Id", &self.project),
        ]
    }

    fn sign(&self, now: Timestamp) -> Vec<(&'static str, String)> {
        self.sign_with(&self.headers(), now)
    }

    fn sign_for_backend(&self, now: Timestamp) -> Vec<(&'static str, String)> {
        self.sign_with(&[("host", "backend.example.com:8080"), ("content-type", "application/json")], now)
    }

    fn sign_with(&self, headers: &[(&str, &str)], now: Timestamp) -> Vec<(&'static str, String)> {
        let payload = Payload::Body(b"");
        let request = Request { method: "GET", target: &self.target, headers, payload };
        self.signer.sign(&request, now).expect("the request can be signed").headers
    }

    fn send(&self, now: Timestamp) -> Received {
        let given = self.headers().map(|(name, value)| (name.to_owned(), value.to_owned()));
        let unsigned =
            [("Accept", "*/*"), ("Accept-Encoding", "gzip, deflate"), ("Connection", "keep-alive")];
        let mut headers = given.to_vec();
        headers.extend(unsigned.map(|(name, value)| (name.to_owned(), value.to_owned())));
        headers.extend(self.sign(now).into_iter().map(|(name, value)| (name.to_owned(), value)));
        Received { target: self.target.clone(), headers }
    }
}

/// A request as it arrives.
struct Received {
    target: String,
    headers: Vec<(String, String)>,
}

impl Head for Received {
    fn method(&self) -> &str {
        "GET"
    }

    fn target(&self) -> &[u8] {
        self.target.as_bytes()
    }

    fn headers(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes()))
    }
}
