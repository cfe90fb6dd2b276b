//! The management API in process: signed requests against the router, with a real store.

mod authentication;
mod bad_input;
mod contract;
mod resources;
mod support;
