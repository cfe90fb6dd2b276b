//! The process's random source.

/// Fills the buffer from the operating system.
#[expect(
    clippy::expect_used,
    reason = "without randomness no id, key or nonce may be made: stopping is right"
)]
pub(crate) fn fill(buffer: &mut [u8]) {
    getrandom::fill(buffer).expect("the operating system's random source answers");
}
