//! This project's own signer and verifier, speaking as a testee does.

mod sign;

pub use sign::sign;
