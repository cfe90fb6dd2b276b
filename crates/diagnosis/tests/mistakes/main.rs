//! Clients that make one mistake, or two, or none.

#![expect(clippy::unwrap_used, reason = "a client that cannot be built is a test that fails")]

mod bodies;
mod client;
mod headers;
mod keys;
mod pairs;
mod requests;
mod targets;
mod texts;
mod unnamed;

use client::{Case, right};
use countersign_diagnosis::Mistake;
use std::collections::BTreeSet;

/// A reason code, and how a client comes by it.
pub(crate) type Spoiled = (&'static str, fn(&mut Case));

fn tables() -> impl Iterator<Item = &'static Spoiled> {
    [requests::CASES, keys::CASES, targets::CASES, headers::CASES, bodies::CASES, texts::CASES]
        .into_iter()
        .flatten()
}

fn assert_named(cases: impl Iterator<Item = &'static Spoiled>) {
    let mut wrong = Vec::new();
    for (position, (code, spoil)) in cases.enumerate() {
        let mut case = right();
        spoil(&mut case);
        let named = case.diagnose().code();
        if named != *code {
            wrong.push(format!("{position}: {code} was named {named}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_client_without_a_mistake_verifies() {
    assert_eq!(right().diagnose().code(), "verifies");
}

#[test]
fn every_mistake_is_named_and_nothing_else() {
    assert_named(tables());
}

#[test]
fn every_mistake_has_a_client_that_makes_it() {
    let made: BTreeSet<_> = tables().map(|(code, _)| *code).collect();
    let known: BTreeSet<_> = Mistake::ALL.iter().map(|mistake| mistake.code()).collect();
    assert_eq!(known.difference(&made).collect::<Vec<_>>(), Vec::<&&str>::new());
}

#[test]
fn two_mistakes_are_named_together() {
    assert_named(pairs::CASES.iter());
}
