//! A backend behind the gateway, with axum: `backend ACCESS_KEY SECRET_KEY` prints its address and serves until its
//! input ends. It answers what the gateway signed with that signature key, and refuses everybody else.

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use axum::{Extension, Router, routing::any};
use countersign_backend_verify::{FromGateway, Keys, VerifyLayer};
use countersign_types::{AccessKeyId, SecretKey, Timestamp};
use std::{
    error::Error,
    io::Read,
    time::{SystemTime, UNIX_EPOCH},
};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (key, secret) =
        arguments.next().zip(arguments.next()).ok_or("usage: backend ACCESS_KEY SECRET_KEY")?;
    let keys = Keys::from([(AccessKeyId::parse(&key)?, SecretKey::new(secret))]);
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(serve(app(keys, now)))
}

/// Everything below the layer may rely on [`FromGateway`].
pub(crate) fn app(keys: Keys, clock: fn() -> Timestamp) -> Router {
    Router::new().route("/{*path}", any(hello)).layer(VerifyLayer::new(keys, clock))
}

async fn hello(Extension(gateway): Extension<FromGateway>, body: String) -> String {
    format!("{} brings {} bytes", gateway.access_key(), body.len())
}

#[expect(clippy::disallowed_methods, reason = "a program of its own reads the clock where it starts")]
fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_unix(since.as_secs())
}

async fn serve(app: Router) -> Result<(), Box<dyn Error>> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    let until_the_end = tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new()));
    tokio::select! {
        served = axum::serve(listener, app) => served?,
        _ = until_the_end => {}
    }
    Ok(())
}
