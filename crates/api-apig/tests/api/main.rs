//! The management API in process: signed requests against the router, with a real store.

#![recursion_limit = "256"]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed expectation is a test's job")]

mod access_control;
mod apis;
mod app_codes;
mod app_quotas;
mod authentication;
mod authorizers;
mod bad_input;
mod contract;
mod custom_policies;
mod diagnosis;
mod in_use;
mod matrix;
mod monitoring;
mod openapi;
mod resources;
mod responses;
mod signature_keys;
mod support;
mod throttles;
