//! A signer that errs is found out by random requests, and let off only for a listed property of them.

#![expect(clippy::unwrap_used, reason = "a failed expectation is a test's job")]

use countersign_conformance::differential::{Outcome, Peer, Plan, run};
use countersign_conformance::failures::{Failures, List};
use countersign_conformance::own::Own;
use countersign_conformance::protocol::{Answer, Description, Question};
use countersign_conformance::testee::{Fault, Subject};

/// Encodes the percent signs of paths again, as some official signers do.
#[derive(Default)]
struct Encoding(Own);

impl Subject for Encoding {
    fn description(&self) -> &Description {
        self.0.description()
    }

    fn ask(&mut self, question: &Question) -> Result<Answer, Fault> {
        let mut question: Question = serde_json::from_value(serde_json::to_value(question).unwrap()).unwrap();
        if let Question::Sign(named) = &mut question {
            let target = &mut named.task.request.target;
            let end = target.find('?').unwrap_or(target.len());
            *target = target[..end].replace('%', "%25") + &target[end..];
        }
        self.0.ask(&question)
    }
}

fn lists(name: &str, text: &str) -> Failures {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).unwrap();
    Failures::read(&[path]).unwrap()
}

fn differ(allowed: &List) -> anyhow::Result<Outcome> {
    let (mut testee, mut peer) = (Own::default(), Encoding::default());
    let peer = Peer { subject: &mut peer, allowed };
    let plan = Plan { seed: 1, count: 300 };
    run(plan, &mut testee, &List::default(), Some(peer), &mut |_, _, _| {})
}

#[test]
fn a_peer_that_errs_is_a_disagreement() {
    let outcome = differ(&List::default()).unwrap();
    assert!(outcome.wrong > 0 && outcome.agreed > 0);
    assert!(
        outcome.disagreements[0].difference.contains(": path: "),
        "{}",
        outcome.disagreements[0].difference
    );
    assert!(!outcome.is_right());
}

#[test]
fn a_listed_property_explains_it_and_another_does_not() {
    let listed = lists("path.toml", "[differential]\npath-has-percent = \"why\"");
    let outcome = differ(&listed.differential).unwrap();
    assert!(outcome.is_right() && outcome.deviating > 0, "{}", outcome.to_text());
    let other = lists("query.toml", "[differential]\nquery-repeats-a-name = \"why\"");
    assert!(differ(&other.differential).unwrap().wrong > 0);
}

#[test]
fn a_property_that_holds_often_and_explains_nothing_is_stale() {
    let idle = lists("idle.toml", "[differential]\npath-has-percent = \"a\"\nquery-name-is-encoded = \"b\"");
    let outcome = differ(&idle.differential).unwrap();
    assert!(
        outcome.stale.len() == 1 && outcome.stale[0].contains("query-name-is-encoded"),
        "{:?}",
        outcome.stale
    );
}

#[test]
fn a_property_that_nobody_knows_is_refused() {
    let unknown = lists("unknown.toml", "[differential]\npath-is-odd = \"why\"");
    let error = differ(&unknown.differential).err().unwrap().to_string();
    assert!(error.contains("path-is-odd") && error.contains("path-has-percent"), "{error}");
}
