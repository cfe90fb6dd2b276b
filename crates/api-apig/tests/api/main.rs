//! The management API in process: signed requests against the router, with a real store.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed expectation is a test's job")]

mod authentication;
mod bad_input;
mod contract;
mod resources;
mod support;
