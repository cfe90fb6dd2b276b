//! The identity API in process: requests against the router, with a real store.

#![allow(clippy::unwrap_used, reason = "in a test a failed expectation is the answer")]

mod administration;
mod application_credentials;
mod denials;
mod federation;
mod hostile;
mod keys;
mod lists;
mod matrix;
mod methods;
mod os_user;
mod policies;
#[path = "../../../oidc/tests/support/mod.rs"]
mod provider;
mod reads;
mod support;
mod tokens;
