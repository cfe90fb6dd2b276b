//! Right and wrong judgments, per producer and tier.

use super::vector::{Judgment, Vector, Verdict};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Counts, and the wrong ones by name.
#[derive(Default)]
pub(crate) struct Report {
    rows: BTreeMap<(String, String), Counts>,
    failures: Vec<Failure>,
}

#[derive(Default, Clone, Copy)]
struct Counts {
    right: usize,
    wrong: usize,
    optional_refused: usize,
}

struct Failure {
    id: String,
    reason: String,
}

impl Report {
    /// Counts one judgment; a wrong one goes to standard error as well.
    pub(crate) fn add(&mut self, vector: &Vector, judgment: Judgment) {
        let counts = self.rows.entry((vector.producer.clone(), vector.tier.clone())).or_default();
        match (vector.expect.result, judgment) {
            (Verdict::Accept | Verdict::MayAccept, Ok(())) | (Verdict::Reject, Err(_)) => counts.right += 1,
            (Verdict::MayAccept, Err(_)) => counts.optional_refused += 1,
            (Verdict::Accept, Err(reason)) => {
                counts.wrong += 1;
                self.fail(vector, format!("refused: {reason}"));
            }
            (Verdict::Reject, Ok(())) => {
                counts.wrong += 1;
                self.fail(vector, "accepted".to_owned());
            }
        }
    }

    fn fail(&mut self, vector: &Vector, reason: String) {
        eprintln!("wrong: {}: {reason}", vector.id);
        self.failures.push(Failure { id: vector.id.clone(), reason });
    }

    /// How many judgments were wrong.
    pub(crate) fn wrong(&self) -> usize {
        self.failures.len()
    }

    /// The closing line.
    pub(crate) fn summary(&self) -> String {
        let Counts { right, wrong, optional_refused } = self.total();
        format!("verify: {right} right, {wrong} wrong, {optional_refused} optional refused")
    }

    fn total(&self) -> Counts {
        self.rows.values().fold(Counts::default(), |sum, row| Counts {
            right: sum.right + row.right,
            wrong: sum.wrong + row.wrong,
            optional_refused: sum.optional_refused + row.optional_refused,
        })
    }

    /// One line per producer and tier, with a heading.
    pub(crate) fn to_table(&self) -> String {
        let mut table = format!(
            "{:<12} {:<13} {:>6} {:>6} {:>17}\n",
            "producer", "tier", "right", "wrong", "optional refused"
        );
        for ((producer, tier), Counts { right, wrong, optional_refused }) in &self.rows {
            writeln!(table, "{producer:<12} {tier:<13} {right:>6} {wrong:>6} {optional_refused:>17}")
                .expect("writing to a string does not fail");
        }
        table
    }

    /// The same for machines, with the failures.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        let rows: Vec<_> = self
            .rows
            .iter()
            .map(|((producer, tier), Counts { right, wrong, optional_refused })| {
                serde_json::json!({
                    "producer": producer, "tier": tier,
                    "right": right, "wrong": wrong, "optional_refused": optional_refused,
                })
            })
            .collect();
        let failures: Vec<_> = self
            .failures
            .iter()
            .map(|Failure { id, reason }| serde_json::json!({ "id": id, "reason": reason }))
            .collect();
        serde_json::json!({ "rows": rows, "failures": failures })
    }
}
