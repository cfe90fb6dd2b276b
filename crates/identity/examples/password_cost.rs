//! What a password costs: nanoseconds of CPU for one hash as stored passwords are hashed, as JSON on standard output.
//!
//! ```text
//! cargo run --release -p countersign-identity --example password_cost
//! {"parameters":"m=19456,t=2,p=1","argon2id_ns":{"min":…,"median":…}}
//! ```
//!
//! The clock is the CPU time of this process, so that a busy machine disturbs it little.

#![expect(clippy::print_stdout, reason = "the figures are the product")]

use argon2::{Argon2, password_hash::PasswordHasher};
use std::hint::black_box;

const HASHES: usize = 15;

fn main() {
    let hasher = Argon2::default();
    let mut costs: Vec<u64> = (0..HASHES)
        .map(|_| {
            let start = cpu_nanoseconds();
            let hash = hasher.hash_password_with_salt(b"correct horse battery", &[7; 16]);
            black_box(hash.expect("any password and 16 bytes of salt hash"));
            cpu_nanoseconds() - start
        })
        .collect();
    costs.sort_unstable();
    let (min, median) = (costs[0], costs[HASHES / 2]);
    let used = hasher.params();
    let parameters = format!("m={},t={},p={}", used.m_cost(), used.t_cost(), used.p_cost());
    println!("{{\"parameters\":\"{parameters}\",\"argon2id_ns\":{{\"min\":{min},\"median\":{median}}}}}");
}

/// CPU time of this process, from the scheduler's own account.
fn cpu_nanoseconds() -> u64 {
    // The account is brought up to date when the scheduler runs, not when it is read.
    std::thread::yield_now();
    let account = std::fs::read_to_string("/proc/self/schedstat").expect("this needs Linux");
    account.split(' ').next().and_then(|run| run.parse().ok()).expect("the first field is the run time")
}
