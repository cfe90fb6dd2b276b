//! The command as its users meet it, in a home and an environment of the test's own.

#![expect(clippy::unwrap_used, reason = "a failed expectation is a test's job")]

mod credentials;
mod explain;
mod generated;
mod home;
mod manage;
mod output;
