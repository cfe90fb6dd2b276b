//! What came of a run: counts by group and class, and every failure with its reason.

use crate::protocol::Description;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;

/// What one answer was worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// As it must be.
    Right,
    /// Not as it must be.
    Wrong(String),
    /// The testee's platform lacks what the vector needs.
    Unsupported,
    /// An optional request was refused.
    OptionalRefused,
}

/// Counts, failures, and what is wrong with the lists of failures.
#[derive(Serialize)]
pub struct Report {
    /// `sign` or `verify`.
    pub verb: &'static str,
    /// Who was graded.
    pub testee: Description,
    /// In the order of groups and classes.
    pub rows: Vec<Row>,
    /// Failures that no list allows.
    pub failures: Vec<Failure>,
    /// Failures that a list allows.
    pub allowed: Vec<Failure>,
    /// Entries of lists that pass, or meet nothing.
    pub stale: Vec<String>,
    #[serde(skip)]
    places: BTreeMap<(String, String), usize>,
}

/// The counts of one class of vectors in one group.
#[derive(Serialize, Default, Clone)]
pub struct Row {
    /// File of the vectors, for recorded requests their producer.
    pub group: String,
    /// `sign` and `refuse`; for verifiers the tier, or `negative`.
    pub class: String,
    /// As they must be.
    pub right: usize,
    /// Failed, and no list allows it.
    pub wrong: usize,
    /// Failed, and a list allows it.
    pub allowed: usize,
    /// Beyond the testee's platform.
    pub unsupported: usize,
    /// Optional requests refused.
    pub optional_refused: usize,
}

/// One vector that failed.
#[derive(Serialize)]
pub struct Failure {
    /// Id of the vector.
    pub id: String,
    /// What differs.
    pub difference: String,
    /// Why it may, if it may.
    pub reason: Option<String>,
}

impl Report {
    /// An empty one.
    #[must_use]
    pub fn new(verb: &'static str, testee: Description) -> Self {
        let (rows, failures, allowed, stale) = Default::default();
        Self { verb, testee, rows, failures, allowed, stale, places: BTreeMap::new() }
    }

    /// Counts an outcome; `reason` is why a wrong one is allowed, if it is.
    pub fn add(&mut self, group: &str, class: &str, id: &str, outcome: Outcome, reason: Option<&str>) {
        let row = self.row(group, class);
        match outcome {
            Outcome::Right => row.right += 1,
            Outcome::Unsupported => row.unsupported += 1,
            Outcome::OptionalRefused => row.optional_refused += 1,
            Outcome::Wrong(difference) => {
                let list = if reason.is_some() { &mut row.allowed } else { &mut row.wrong };
                *list += 1;
                let failure = Failure { id: id.to_owned(), difference, reason: reason.map(str::to_owned) };
                if reason.is_some() { &mut self.allowed } else { &mut self.failures }.push(failure);
            }
        }
    }

    fn row(&mut self, group: &str, class: &str) -> &mut Row {
        let next = self.rows.len();
        let place = *self.places.entry((group.to_owned(), class.to_owned())).or_insert(next);
        if place == next {
            self.rows.push(Row { group: group.to_owned(), class: class.to_owned(), ..Row::default() });
        }
        &mut self.rows[place]
    }

    /// Whether nothing is wrong, neither with the testee nor with its list of failures.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.failures.is_empty() && self.stale.is_empty()
    }

    /// The closing line.
    #[must_use]
    pub fn summary(&self) -> String {
        let sum = |count: fn(&Row) -> usize| self.rows.iter().map(count).sum::<usize>();
        let mut text =
            format!("{}: {} right, {} wrong", self.verb, sum(|row| row.right), self.failures.len());
        for (count, what) in [
            (self.allowed.len(), "allowed to fail"),
            (sum(|row| row.unsupported), "unsupported"),
            (self.stale.len(), "stale entries"),
        ] {
            if count > 0 {
                write!(text, ", {count} {what}").expect("writing to a string does not fail");
            }
        }
        if self.verb == "verify" {
            write!(text, ", {} optional refused", sum(|row| row.optional_refused))
                .expect("writing to a string does not fail");
        }
        text
    }

    /// A line for each group and class, with a heading.
    #[must_use]
    pub fn to_table(&self, paint: Paint) -> String {
        let mut table = format!(
            "{:<12} {:<13} {:>6} {:>6} {:>8} {:>12} {:>17}\n",
            "group", "class", "right", "wrong", "allowed", "unsupported", "optional refused"
        );
        for row in &self.rows {
            let Row { group, class, right, wrong, allowed, unsupported, optional_refused } = row;
            let wrong = paint.count(*wrong, format!("{wrong:>6}"));
            writeln!(
                table,
                "{group:<12} {class:<13} {right:>6} {wrong} {allowed:>8} {unsupported:>12} {optional_refused:>17}"
            )
            .expect("writing to a string does not fail");
        }
        table
    }
}

/// Whether a table is for a terminal.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// With color.
    Color,
    /// Text alone.
    Plain,
}

impl Paint {
    /// Green for zero, red for anything else.
    fn count(self, count: usize, text: String) -> String {
        let color = if count == 0 { 32 } else { 31 };
        if self == Self::Color { format!("\u{1b}[{color}m{text}\u{1b}[0m") } else { text }
    }
}
