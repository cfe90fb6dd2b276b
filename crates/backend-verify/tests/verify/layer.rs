//! What passes, and what every other request is told.

use crate::{SECRET, backend::app, key, keys, world::clock};
use axum::{Router, body::Body, routing::any};
use bytes::Bytes;
use countersign_backend_verify::{FromGateway, VerifyLayer};
use countersign_sign::{Payload, Signer};
use countersign_types::{AccessKeyId, SecretKey, Timestamp};
use countersign_verify::Key;
use http::{HeaderName, Request, Response, StatusCode};
use http_body::Frame;
use std::{
    convert::Infallible,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};
use tower::ServiceExt;

const TARGET: &str = "/orders/a%20b?limit=20&name=%E4%BD%A0";
const LINES: [(&str, &str); 2] = [("Host", "backend.example.com"), ("Content-Type", "text/plain")];

fn signer() -> Signer {
    let (key, secret) = key();
    Signer::new(key, secret)
}

fn signed_at(time: Timestamp, payload: Payload<'_>) -> Request<()> {
    let unsigned = countersign_sign::Request { method: "POST", target: TARGET, headers: &LINES, payload };
    let signed = signer().sign(&unsigned, time).unwrap();
    let mut request = Request::builder().method("POST").uri(TARGET);
    for (name, value) in LINES {
        request = request.header(name, value);
    }
    for (name, value) in signed.headers {
        request = request.header(name, value);
    }
    request.body(()).unwrap()
}

fn signed(body: &'static str) -> Request<Body> {
    signed_at(clock(), Payload::Body(body.as_bytes())).map(|()| Body::from(body))
}

/// Status and body of the answer.
async fn told(app: Router, request: Request<Body>) -> (u16, String) {
    read(app.oneshot(request).await.unwrap()).await
}

async fn read(answer: Response<Body>) -> (u16, String) {
    let status = answer.status().as_u16();
    let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

/// The example's router behind another layer.
fn guarded(layer: VerifyLayer) -> Router {
    Router::new().route("/{*path}", any(async |body: Bytes| format!("{} bytes", body.len()))).layer(layer)
}

#[tokio::test]
async fn what_the_gateway_signed_passes_with_its_proof() {
    assert_eq!(
        told(app(keys(), clock), signed("the body")).await,
        (200, r#"{"access_key":"backend_key","body_bytes":8}"#.to_owned())
    );
}

/// What a refusal answers.
fn refused(status: u16, name: &str, reason: &str) -> (u16, String) {
    (status, format!(r#"{{"error_code":"{name}","error_msg":"{reason}"}}"#))
}

#[tokio::test]
async fn everything_else_is_told_why_not() {
    type Change = fn(&mut Request<Body>);
    let cases: [(&str, &str, Change); 10] = [
        ("MissingAuthorization", "the authorization header has no signature", |r| {
            drop(r.headers_mut().remove("authorization"));
        }),
        ("MissingAuthorization", "the authorization header has no signature", |r| {
            drop(r.headers_mut().insert("authorization", "Basic eDp5".parse().unwrap()));
        }),
        ("Mismatch", "verify signature fail", |r| *r.method_mut() = http::Method::PUT),
        ("Mismatch", "verify signature fail", |r| {
            *r.uri_mut() = "/orders/a%20b?limit=21&name=%E4%BD%A0".parse().unwrap();
        }),
        ("Mismatch", "verify signature fail", |r| *r.body_mut() = Body::from("The body")),
        ("Mismatch", "verify signature fail", |r| {
            drop(r.headers_mut().insert("host", "other".parse().unwrap()));
        }),
        ("Mismatch", "verify signature fail", |r| drop(r.headers_mut().remove("content-type"))),
        ("Mismatch", "verify signature fail", |r| {
            drop(r.headers_mut().insert("content-type", " ".parse().unwrap()));
        }),
        ("MissingDate", "the X-Sdk-Date header is missing", |r| drop(r.headers_mut().remove("x-sdk-date"))),
        ("DuplicateHeader", "the header X-Sdk-Date stands more than once", |r| {
            r.headers_mut().append("x-sdk-date", "20260102T030405Z".parse().unwrap());
        }),
    ];
    for (name, reason, change) in cases {
        let mut request = signed("the body");
        change(&mut request);
        let answer = app(keys(), clock).oneshot(request).await.unwrap();
        assert_eq!(answer.headers()["content-type"], "application/json");
        assert_eq!(read(answer).await, refused(401, name, reason));
    }
}

#[tokio::test]
async fn only_known_keys_count() {
    let none = VerifyLayer::new(countersign_backend_verify::Keys::default(), clock);
    assert_eq!(
        told(guarded(none), signed("x")).await.1,
        refused(401, "UnknownKey", "the signature key is unknown").1
    );
    let other = |access_key: &str| {
        Some(Arc::new(Key::new(AccessKeyId::parse(access_key).unwrap(), SecretKey::new("another secret"))))
    };
    let other = VerifyLayer::new(other, clock);
    assert_eq!(
        told(guarded(other), signed("x")).await.1,
        refused(401, "Mismatch", "verify signature fail").1
    );
}

#[tokio::test]
async fn the_nine_hundredth_second_is_in_time_and_the_next_is_not() {
    for (seconds, status) in [(-901, 401), (-900, 200), (900, 200), (901, 401)] {
        let time = Timestamp::from_unix(clock().unix().saturating_add_signed(seconds));
        let request = signed_at(time, Payload::Body(b"x")).map(|()| Body::from("x"));
        assert_eq!(told(app(keys(), clock), request).await.0, status, "{seconds}");
    }
}

/// A body that must not be read.
struct Untouchable;

impl http_body::Body for Untouchable {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        panic!("the body was read")
    }
}

#[tokio::test]
async fn a_bad_head_is_refused_before_the_body_is_read() {
    let mut foreign = signed_at(clock(), Payload::Body(b""));
    let authorization =
        foreign.headers()["authorization"].to_str().unwrap().replace("backend_key", "other_key");
    foreign.headers_mut().insert("authorization", authorization.parse().unwrap());
    let mut tampered = signed_at(clock(), Payload::Unsigned);
    *tampered.method_mut() = http::Method::PUT;
    let stale = signed_at(Timestamp::from_unix(1_767_000_000), Payload::Body(b""));
    for request in [foreign, tampered, stale, Request::new(())] {
        let answer = app(keys(), clock).oneshot(request.map(|()| Body::new(Untouchable))).await.unwrap();
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn a_body_is_taken_in_only_up_to_the_bound() {
    let layer = || VerifyLayer::new(keys(), clock).body_bytes_max(8);
    assert_eq!(told(guarded(layer()), signed("12345678")).await, (200, "8 bytes".to_owned()));
    assert_eq!(
        told(guarded(layer()), signed("123456789")).await,
        refused(413, "BodyTooLong", "the body is too long")
    );
}

#[tokio::test]
async fn a_body_outside_the_signature_passes_unless_that_is_refused() {
    let request = || signed_at(clock(), Payload::Unsigned).map(|()| Body::from("anything"));
    let tells = async |request: Request<Body>| {
        request.extensions().get::<FromGateway>().unwrap().payload_unsigned().to_string()
    };
    let app = Router::new().route("/{*path}", any(tells)).layer(VerifyLayer::new(keys(), clock));
    assert_eq!(told(app, request()).await, (200, "true".to_owned()));
    let strict = guarded(VerifyLayer::new(keys(), clock).refuse_unsigned_payload());
    assert_eq!(told(strict, request()).await.0, 401);
}

#[tokio::test]
async fn signatures_may_come_in_another_header() {
    let carrier = HeaderName::from_static("x-backend-signature");
    let layer = || VerifyLayer::new(keys(), clock).header(carrier.clone());
    let mut request = signed("x");
    let signature = request.headers_mut().insert("authorization", "Bearer theirs".parse().unwrap()).unwrap();
    request.headers_mut().insert(carrier.clone(), signature);
    assert_eq!(told(guarded(layer()), request).await.0, 200);
    assert_eq!(
        told(guarded(layer()), signed("x")).await,
        refused(401, "MissingAuthorization", "the x-backend-signature header has no signature")
    );
}

#[tokio::test]
async fn the_host_of_http2_counts_as_the_signed_host() {
    let mut request = signed("x");
    request.headers_mut().remove("host");
    *request.uri_mut() = format!("http://backend.example.com{TARGET}").parse().unwrap();
    assert_eq!(told(app(keys(), clock), request).await.0, 200);
}

#[tokio::test]
async fn other_algorithms_are_not_the_gateways() {
    let mut request = signed("x");
    let authorization =
        request.headers()["authorization"].to_str().unwrap().replace("HMAC-SHA256", "HMAC-SM3");
    request.headers_mut().insert("authorization", authorization.parse().unwrap());
    assert_eq!(
        told(app(keys(), clock), request).await,
        refused(401, "UnsupportedAlgorithm", "unsupported algorithm")
    );
}

#[tokio::test]
async fn an_answer_never_repeats_secret_or_signature() {
    let mut request = signed("x");
    request.headers_mut().insert("content-type", "changed".parse().unwrap());
    let signature =
        request.headers()["authorization"].to_str().unwrap().rsplit('=').next().unwrap().to_owned();
    let (_, told) = told(app(keys(), clock), request).await;
    assert!(!told.contains(&signature) && !told.contains(SECRET), "{told}");
}
