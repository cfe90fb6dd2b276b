//! The gateway from outside: raw clients, real sockets, hand-built configuration.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed expectation is a test's job")]

mod access;
mod app_tokens;
mod apps;
mod authorizers;
mod backend;
mod bodies;
mod calls;
mod client;
mod cors;
mod forwarding;
mod headers;
mod hostile;
mod lifecycle;
mod lockout;
mod observation;
mod parameters;
mod policies;
mod private;
mod quotas;
mod responses;
mod retries;
mod routing;
mod signature_keys;
mod signatures;
mod throttling;
mod tls;
mod tokens;
mod world;
