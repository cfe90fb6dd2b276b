//! What a decision costs: nanoseconds of CPU, as JSON on standard output.
//!
//! ```text
//! cargo run --release -p countersign-policy --example cost
//! {"policies":5,"decision_ns":{"min":…,"median":…}}
//! ```

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "an example that prints measurements")]

use countersign_cost::measure;
use countersign_policy::{Context, Kind, Policy, Request};
use std::hint::black_box;

const ROUNDS: usize = 20_000;

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
    let decision = measure(&[("iam:users:getUser", "iam:*:acme:user:ada")], ROUNDS, |named| {
        let (action, resource) = black_box(*named);
        let request = Request::new(action, resource, &context);
        black_box(policies.iter().map(|policy| policy.decide(&request)).max());
    });
    println!("{{\"policies\":{},\"decision_ns\":{decision}}}", policies.len());
}
