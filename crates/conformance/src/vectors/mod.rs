//! The vectors of spec/vectors, and the cases that those for signers are made from.

mod cases;
mod sign;

pub use cases::vectors_of;
pub use sign::{Expectation, SignFile, SignVector};
