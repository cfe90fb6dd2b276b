//! Testees that hang, flood, end early or print nonsense get a clear error within a bound.

#![expect(clippy::unwrap_used, reason = "a failed expectation is a test's job")]

use countersign_conformance::protocol::Question;
use countersign_conformance::testee::{Fault, Subject, Testee};
use std::time::Duration;

const DESCRIPTION: &str = r#"{"name": "n", "version": "1", "verbs": ["sign"], "algorithms": []}"#;

fn start(command: &str, patience: Duration) -> Fault {
    Testee::start(command, patience).err().unwrap()
}

fn patient(command: &str) -> Fault {
    start(command, Duration::from_secs(60))
}

#[test]
fn one_that_hangs_is_given_up() {
    assert!(matches!(start("tail -f /dev/null", Duration::from_secs(1)), Fault::Silent(1)));
}

#[test]
fn one_that_ends_early_is_told_with_its_status() {
    assert_eq!(patient("sh -c 'exit 3'").to_string(), "the testee ended (exit status: 3) before it answered");
    assert!(matches!(patient("/nonexistent"), Fault::Ended(_)));
}

#[test]
fn one_that_prints_nonsense_is_quoted_briefly() {
    assert!(matches!(patient("echo Hello"), Fault::Senseless(text) if text == "Hello"));
    assert!(matches!(patient("echo '{\"name\": 1}'"), Fault::Senseless(_)));
    let long = patient("head -c 100000 /dev/zero");
    assert!(matches!(long, Fault::Senseless(text) if text.chars().count() == 120));
}

#[test]
fn a_line_without_an_end_is_cut_off() {
    assert!(matches!(patient("cat /dev/zero"), Fault::TooLong));
}

#[test]
fn one_that_floods_with_lines_is_found_out() {
    let mut testee = Testee::start(&format!("yes '{DESCRIPTION}'"), Duration::from_secs(60)).unwrap();
    let fault = std::iter::repeat_with(|| testee.ask(&Question::Describe)).find_map(Result::err).unwrap();
    assert!(matches!(fault, Fault::Unasked(_)), "{fault}");
}

#[test]
fn one_that_ends_in_the_middle_is_told() {
    let mut testee = Testee::start(&format!("echo '{DESCRIPTION}'"), Duration::from_secs(60)).unwrap();
    assert_eq!(testee.description().name, "n");
    assert!(matches!(testee.ask(&Question::Describe), Err(Fault::Ended(_))));
}
