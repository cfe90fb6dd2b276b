//! A backend behind the gateway, with axum. It answers what the gateway signed with the signature key of
//! `COUNTERSIGN_ACCESS_KEY` and `COUNTERSIGN_SECRET_KEY`, and refuses everybody else. It prints where it listens, and
//! serves until its input ends.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a program of its own reads its environment and clock"
)]

use axum::{Extension, Json, Router, extract::DefaultBodyLimit, routing::any};
use bytes::Bytes;
use countersign_backend_verify::{FromGateway, Keys, VerifyLayer};
use countersign_types::{AccessKeyId, SecretKey, Timestamp};
use serde_json::{Value, json};
use std::{
    env,
    error::Error,
    io::Read,
    time::{SystemTime, UNIX_EPOCH},
};

fn main() -> Result<(), Box<dyn Error>> {
    let (key, secret) = (env::var("COUNTERSIGN_ACCESS_KEY")?, env::var("COUNTERSIGN_SECRET_KEY")?);
    let keys = Keys::from([(AccessKeyId::parse(&key)?, SecretKey::new(secret))]);
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(serve(app(keys, now)))
}

/// Everything below the layer may rely on [`FromGateway`], and on the layer's bound of bodies.
pub(crate) fn app(keys: Keys, clock: fn() -> Timestamp) -> Router {
    Router::new()
        .route("/{*path}", any(hello))
        .layer(DefaultBodyLimit::disable())
        .layer(VerifyLayer::new(keys, clock))
}

async fn hello(Extension(gateway): Extension<FromGateway>, body: Bytes) -> Json<Value> {
    Json(json!({ "access_key": gateway.access_key().as_str(), "body_bytes": body.len() }))
}

fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_unix(since.as_secs())
}

async fn serve(app: Router) -> Result<(), Box<dyn Error>> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("listening on {}", listener.local_addr()?);
    let until_the_end = tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new()));
    tokio::select! {
        served = axum::serve(listener, app) => served?,
        _ = until_the_end => {}
    }
    Ok(())
}
