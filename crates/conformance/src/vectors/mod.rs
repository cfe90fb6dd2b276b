//! The vectors of spec/vectors, and the cases that those for signers are made from.

mod cases;
mod load;
mod refusals;
mod sign;
mod verify;

pub use cases::vectors_of;
pub use load::{Group, sign_vectors, verify_vectors};
pub use refusals::refusals_of;
pub use sign::{Expectation, SignFile, SignVector};
pub use verify::{Conclusion, Verdict, VerifyFile, VerifyVector};
