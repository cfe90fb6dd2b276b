//! reqwest and a tower client against a backend that verifies.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a test's job")]

use axum::{Extension, Json, Router, body::Body, routing::any};
use countersign_backend_verify::{FromGateway, Keys, VerifyLayer};
use countersign_sign::Signer;
use countersign_sign_http::{Client, Clock, Error, SignLayer};
use countersign_types::{AccessKeyId, SecretKey, Timestamp};
use http::{Request, StatusCode, header};
use http_body_util::{BodyExt, Full};
use serde_json::{Value, json};
use std::time::Duration;
use tower::{Layer, ServiceExt};

const KEY: &str = "backend_key";

fn signer() -> Signer {
    Signer::new(AccessKeyId::parse(KEY).unwrap(), SecretKey::new("backend_secret_1"))
}

/// A clock that is an hour behind.
fn behind() -> Clock {
    Clock::new(|| Timestamp::from_unix(Clock::system().now().unix() - 3_600))
}

async fn hello(Extension(gateway): Extension<FromGateway>, body: bytes::Bytes) -> Json<Value> {
    Json(json!({ "access_key": gateway.access_key().as_str(), "body_bytes": body.len() }))
}

/// Serves on loopback until the test ends, and returns the address.
async fn backend() -> String {
    let keys = Keys::from([(AccessKeyId::parse(KEY).unwrap(), SecretKey::new("backend_secret_1"))]);
    let app =
        Router::new().route("/{*path}", any(hello)).layer(VerifyLayer::new(keys, || Clock::system().now()));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await });
    format!("http://{address}")
}

fn reqwest() -> reqwest::Client {
    reqwest::Client::builder().timeout(Duration::from_secs(30)).build().unwrap()
}

#[tokio::test]
async fn what_reqwest_sends_is_verified() {
    let backend = backend().await;
    let client = Client::new(reqwest(), signer());
    let url = format!("{backend}/orders/你好/a%2Fb?name=é&b=2&a=1&a=0&empty=&flag");
    let answer = client.execute(reqwest().get(url).build().unwrap()).await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    let body = r#"{"text":"你好"}"#;
    let request = reqwest()
        .post(format!("{backend}/orders"))
        .header(header::CONTENT_TYPE, "application/json")
        .header("X-Padded", " padded ")
        .body(body);
    let answer = client.execute(request.build().unwrap()).await.unwrap();
    let told: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
    assert_eq!(told, json!({ "access_key": KEY, "body_bytes": body.len() }));
}

#[tokio::test]
async fn an_unsigned_payload_is_declared() {
    let client = Client::new(reqwest(), signer()).unsigned_payload();
    let request = reqwest().put(format!("{}/orders", backend().await)).body(vec![0; 70_000]);
    assert_eq!(client.execute(request.build().unwrap()).await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn a_wrong_clock_is_corrected_only_if_that_is_wished() {
    let backend = backend().await;
    let post = || reqwest().post(format!("{backend}/orders")).body("text").build().unwrap();
    let wrong = Client::new(reqwest(), signer()).clock(behind());
    assert_eq!(wrong.execute(post()).await.unwrap().status(), StatusCode::UNAUTHORIZED);
    let correcting = Client::new(reqwest(), signer()).clock(behind().correcting());
    assert_eq!(correcting.execute(post()).await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn a_tower_client_is_signed_and_corrected() {
    let backend = backend().await;
    let http = hyper_util::client::legacy::Client::builder(hyper_util::rt::TokioExecutor::new())
        .build_http::<Full<bytes::Bytes>>();
    let request = || Request::put(format!("{backend}/orders/a%20b?x=1")).body(Body::from("text")).unwrap();
    for (clock, status) in [
        (Clock::system(), StatusCode::OK),
        (behind(), StatusCode::UNAUTHORIZED),
        (behind().correcting(), StatusCode::OK),
    ] {
        let client = SignLayer::new(signer(), clock).layer(http.clone());
        assert_eq!(client.oneshot(request()).await.unwrap().status(), status);
    }
    let small = SignLayer::new(signer(), Clock::system()).body_bytes_max(3).layer(http);
    let refused = small.oneshot(request()).await.map(|answer| answer.map(BodyExt::boxed));
    assert!(matches!(refused, Err(Error::BodyTooLong(3))));
}

#[tokio::test]
async fn what_cannot_be_signed_is_not_sent() {
    let client = Client::new(reqwest(), signer());
    let taken = reqwest().get("http://127.0.0.1:9/").header("X-Sdk-Date", "20260102T030405Z");
    let refused = client.execute(taken.build().unwrap()).await;
    assert!(matches!(refused, Err(Error::Sign(countersign_sign::Error::TakenHeader(_)))));
}
