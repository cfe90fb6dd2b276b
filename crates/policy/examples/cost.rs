//! What a decision costs: `cargo run --release -p countersign-policy --example cost`.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "an example that prints measurements")]

use countersign_policy::{Context, Kind, Policy, Request};
use std::hint::black_box;
use std::time::Instant;

const ROUNDS: u32 = 1_000_000;

fn policy(statements: &str) -> Policy {
    let document = format!(r#"{{"Version":"1.1","Statement":[{statements}]}}"#);
    Policy::parse_text(&document, Kind::FineGrained).unwrap()
}

/// Four roles of an administrator, and a custom policy of eight denials that apply to something else.
fn policies() -> Vec<Policy> {
    let allow = |action: &str| policy(&format!(r#"{{"Effect":"Allow","Action":["{action}"]}}"#));
    let denials = (0..8).map(|n| {
        let actions = format!(r#"["iam:users:delete{n}","apig:*:x{n}*"]"#);
        format!(r#"{{"Effect":"Deny","Action":{actions},"Resource":["iam:*:*:user:{n}*"]}}"#)
    });
    let denials = policy(&denials.collect::<Vec<_>>().join(","));
    let roles = ["keystone:*:*", "apig:*:*", "iam:tokens:assume", "iam:*:*"].map(allow);
    roles.into_iter().chain([denials]).collect()
}

fn main() {
    let policies = policies();
    let context = Context { user_name: "ada", ..Context::default() };
    let started = Instant::now();
    for _ in 0..ROUNDS {
        let (action, resource) = (black_box("iam:users:getUser"), black_box("iam:*:acme:user:ada"));
        let request = Request::new(action, resource, &context);
        black_box(policies.iter().map(|policy| policy.decide(&request)).max());
    }
    let nanos = started.elapsed().as_nanos() / u128::from(ROUNDS);
    println!("a decision over {} policies: {nanos} ns", policies.len());
}
