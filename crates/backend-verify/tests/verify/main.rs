//! The layer around an axum router, and behind a real gateway.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed expectation is a test's job")]

#[path = "../../examples/backend.rs"]
#[allow(dead_code, reason = "only what the example serves is of interest here")]
mod backend;
mod gateway;
mod layer;

use countersign_backend_verify::Keys;
use countersign_types::{AccessKeyId, SecretKey, Timestamp};

const KEY: &str = "backend_key";
const SECRET: &str = "backend_secret_1";

/// Time stands still.
fn now() -> Timestamp {
    Timestamp::from_unix(1_767_323_045)
}

fn key() -> (AccessKeyId, SecretKey) {
    (AccessKeyId::parse(KEY).unwrap(), SecretKey::new(SECRET))
}

fn keys() -> Keys {
    Keys::from([key()])
}
