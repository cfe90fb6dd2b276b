//! What the binary says of each testee.

use super::json;
use super::testees::Testee;
use anyhow::{Context, Result};
use serde::Deserialize;

/// Both verbs of one testee.
pub(super) struct Grades {
    pub(super) testee: Description,
    pub(super) sign: Report,
    pub(super) verify: Option<Report>,
}

#[derive(Deserialize, Clone)]
pub(super) struct Description {
    pub(super) name: String,
    pub(super) version: String,
}

#[derive(Deserialize)]
pub(super) struct Report {
    testee: Description,
    pub(super) rows: Vec<Row>,
    failures: Vec<Failure>,
    pub(super) allowed: Vec<Failure>,
    stale: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Row {
    pub(super) class: String,
    pub(super) right: usize,
    pub(super) wrong: usize,
    pub(super) allowed: usize,
    pub(super) unsupported: usize,
    pub(super) optional_refused: usize,
}

#[derive(Deserialize)]
pub(super) struct Failure {
    pub(super) id: String,
    difference: String,
    pub(super) reason: Option<String>,
}

/// Random requests signed by one library.
#[derive(Deserialize)]
pub(super) struct Differential {
    pub(super) testee: Description,
    pub(super) peer: Option<Description>,
    seed: u64,
    pub(super) count: u64,
    pub(super) right: u64,
    pub(super) agreed: u64,
    pub(super) deviating: u64,
    pub(super) beyond_peer: u64,
    pub(super) wrong: u64,
    disagreements: Vec<Disagreement>,
    stale: Vec<String>,
}

#[derive(Deserialize)]
struct Disagreement {
    case: u64,
    difference: String,
}

impl Grades {
    /// Asks a testee all vectors.
    pub(super) fn of(testee: &Testee) -> Result<Self> {
        let report = |verb| -> Result<Report> {
            json(&mut testee.grade(verb)).with_context(|| format!("{} cannot be graded", testee.name))
        };
        let sign = report("sign")?;
        let verify = testee.verifies.then(|| report("verify")).transpose()?;
        Ok(Self { testee: sign.testee.clone(), sign, verify })
    }

    /// What no list allows, and what is wrong with the lists.
    pub(super) fn faults(&self) -> Vec<String> {
        let name = &self.testee.name;
        let mut faults = Vec::new();
        for report in [Some(&self.sign), self.verify.as_ref()].into_iter().flatten() {
            let failure = |failure: &Failure| format!("{name}: {}: {}", failure.id, failure.difference);
            faults.extend(report.failures.iter().map(failure));
            faults.extend(report.stale.iter().map(|entry| format!("{name}: {entry}")));
        }
        faults
    }
}

impl Differential {
    /// Asks a library and its peer for random requests.
    pub(super) fn of(testee: &Testee, seed: u64, count: u64) -> Result<Self> {
        json(&mut testee.differential(seed, count))
            .with_context(|| format!("{} cannot be asked for random requests", testee.name))
    }

    /// Disagreements, and what is wrong with the lists.
    pub(super) fn faults(&self) -> Vec<String> {
        let name = &self.testee.name;
        let told = |found: &Disagreement| {
            format!("{name}: request {} of seed {}: {}", found.case, self.seed, found.difference)
        };
        let stale = self.stale.iter().map(|entry| format!("{name} and its peer: {entry}"));
        self.disagreements.iter().map(told).chain(stale).collect()
    }
}
