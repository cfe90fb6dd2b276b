//! APIs, publishing and the compiler, on a real store.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed expectation is a failed test")]

mod access_control;
mod authorizers;
mod compile;
mod credentials;
mod debug;
mod drafts;
mod publish;
mod rules;
mod signature_keys;
mod support;
mod tasks;
