//! What a password costs: nanoseconds of CPU for one hash as stored passwords are hashed, as JSON on standard output.
//!
//! ```text
//! cargo run --release -p countersign-identity --example password_cost
//! {"parameters":"m=19456,t=2,p=1","argon2id_ns":{"min":…,"median":…}}
//! ```

#![expect(clippy::print_stdout, reason = "the figures are the product")]

use argon2::{Argon2, password_hash::PasswordHasher};
use countersign_cost::measure;
use std::hint::black_box;

fn main() {
    let hasher = Argon2::default();
    let cost = measure(&[b"correct horse battery"], 1, |password| {
        let hash = hasher.hash_password_with_salt(*password, &[7; 16]);
        black_box(hash.expect("any password and 16 bytes of salt hash"));
    });
    let used = hasher.params();
    let parameters = format!("m={},t={},p={}", used.m_cost(), used.t_cost(), used.p_cost());
    println!("{{\"parameters\":\"{parameters}\",\"argon2id_ns\":{cost}}}");
}
