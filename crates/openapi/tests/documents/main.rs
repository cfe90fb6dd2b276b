//! Documents as they are published, as they are written here, and as nobody should write them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed expectation is a test's job")]

mod hostile;
mod published;
mod refused;
mod round_trip;
mod support;
