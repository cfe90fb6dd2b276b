//! The layer around an axum router, and behind a real gateway.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed expectation is a test's job")]

#[path = "../../examples/backend.rs"]
#[allow(dead_code, reason = "only what the example serves is of interest here")]
mod backend;
#[path = "../../../gateway/tests/gateway/client.rs"]
#[allow(dead_code, reason = "the gateway's own tests use the rest")]
mod client;
mod gateway;
mod layer;
#[path = "../../../gateway/tests/gateway/world.rs"]
#[allow(dead_code, reason = "the gateway's own tests use the rest")]
mod world;

use countersign_backend_verify::Keys;
use countersign_types::{AccessKeyId, SecretKey};

const KEY: &str = "backend_key";
const SECRET: &str = "backend_secret_1";

fn key() -> (AccessKeyId, SecretKey) {
    (AccessKeyId::parse(KEY).unwrap(), SecretKey::new(SECRET))
}

fn keys() -> Keys {
    Keys::from([key()])
}
