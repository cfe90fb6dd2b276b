//! Grades signers and verifiers of the protocol, in any language.
//!
//! A *testee* is a program that answers one JSON object a line (conformance/README.md). This crate starts it,
//! asks it the vectors of spec/vectors, and says where it first differs; or asks it random requests, and holds
//! its signatures against this project's verifier and another signer. It never trusts a testee to be quick,
//! brief or sane. It also is one, for `crates/sign` and `crates/verify`.

mod bytes;
mod curve;
mod difference;
pub mod differential;
pub mod failures;
pub mod grade;
mod latin1;
pub mod own;
pub mod protocol;
pub mod report;
pub mod testee;
pub mod vectors;
mod wire;

pub use bytes::Bytes;
