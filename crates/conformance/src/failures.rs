//! What a testee is allowed to fail, and why. A list cannot go stale: an entry that passes, or that meets nothing,
//! is a fault.

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::path::Path;

/// The lists of one testee, for both verbs and for random requests.
#[derive(Default)]
pub struct Failures {
    /// Vectors of signers.
    pub sign: List,
    /// Vectors of verifiers.
    pub verify: List,
    /// Names of [`crate::differential::DEVIATIONS`].
    pub differential: List,
}

/// Reasons by id. A `*` in an id stands for any text.
#[derive(Default)]
pub struct List(Vec<Entry>);

struct Entry {
    pattern: String,
    reason: String,
    failed: Cell<usize>,
    /// A vector that it meets and that passes.
    passed: Cell<Option<String>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct File {
    /// Lists that several testees share, by their names beside this one.
    include: Vec<String>,
    sign: BTreeMap<String, String>,
    verify: BTreeMap<String, String>,
    differential: BTreeMap<String, String>,
}

impl Failures {
    /// Reads lists and joins them.
    ///
    /// # Errors
    /// When a file cannot be read, or an entry has no reason.
    pub fn read(paths: &[impl AsRef<Path>]) -> Result<Self> {
        let mut failures = Self::default();
        for path in paths {
            let path = path.as_ref();
            for shared in failures.add_file(path)? {
                let shared = path.with_file_name(shared);
                if !failures.add_file(&shared)?.is_empty() {
                    bail!("{} is a shared list, and includes none itself", shared.display());
                }
            }
        }
        Ok(failures)
    }

    /// Adds the entries of a file, and returns the names of the lists that it shares with others.
    fn add_file(&mut self, path: &Path) -> Result<Vec<String>> {
        let text =
            std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        self.add(&text)
            .with_context(|| format!("{} is no list of failures; see conformance/README.md", path.display()))
    }

    fn add(&mut self, text: &str) -> Result<Vec<String>> {
        let File { include, sign, verify, differential } = toml::from_str(text)?;
        for (list, entries) in
            [(&mut self.sign, sign), (&mut self.verify, verify), (&mut self.differential, differential)]
        {
            for (pattern, reason) in entries {
                if reason.trim().is_empty() {
                    bail!("{pattern:?} has no reason");
                }
                list.0.push(Entry { pattern, reason, failed: Cell::default(), passed: Cell::default() });
            }
        }
        Ok(include)
    }
}

impl List {
    /// The reason for which this failure is allowed, if it is.
    #[must_use]
    pub fn allows(&self, id: &str) -> Option<&str> {
        let entry = self.0.iter().find(|entry| entry.meets(id))?;
        entry.failed.set(entry.failed.get() + 1);
        Some(&entry.reason)
    }

    /// Takes note that this passed.
    pub fn passed(&self, id: &str) {
        for entry in self.0.iter().filter(|entry| entry.meets(id)) {
            entry.passed.set(Some(id.to_owned()));
        }
    }

    /// The names that stand in the list.
    pub fn patterns(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|entry| entry.pattern.as_str())
    }

    /// How often each entry was needed, by reason.
    pub fn counts(&self) -> impl Iterator<Item = (&str, &str, usize)> {
        self.0.iter().map(|entry| (entry.pattern.as_str(), entry.reason.as_str(), entry.failed.get()))
    }

    /// What is wrong with the list itself, when all is graded.
    #[must_use]
    pub fn stale(&self) -> Vec<String> {
        let fault = |entry: &Entry| match (entry.passed.take(), entry.failed.get()) {
            (Some(id), _) => Some(format!("{:?} is listed as a failure, but {id} passes", entry.pattern)),
            (None, 0) => Some(format!("{:?} is listed as a failure, but meets nothing", entry.pattern)),
            (None, _) => None,
        };
        self.0.iter().filter_map(fault).collect()
    }
}

impl Entry {
    fn meets(&self, id: &str) -> bool {
        is_like(&self.pattern, id)
    }
}

/// Whether a text is like a pattern. The pieces between the stars stand in the text one after the other.
fn is_like(pattern: &str, text: &str) -> bool {
    let Some((head, mut pattern)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut rest) = text.strip_prefix(head) else { return false };
    while let Some((piece, after)) = pattern.split_once('*') {
        let Some(place) = rest.find(piece) else { return false };
        rest = rest.get(place + piece.len()..).unwrap_or_default();
        pattern = after;
    }
    rest.ends_with(pattern)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> List {
        let mut failures = Failures::default();
        failures.add(text).unwrap();
        failures.sign
    }

    #[test]
    fn a_star_stands_for_any_text() {
        for (pattern, like, unlike) in [
            ("a", "a", "ab"),
            ("a*", "a", "b"),
            ("a*", "abc", "ba"),
            ("*c", "abc", "cb"),
            ("a*c*e", "abcde", "aec"),
            ("a*b", "ab", "a"),
            ("a*ab", "aab", "ab"),
        ] {
            assert!(is_like(pattern, like), "{pattern} {like}");
            assert!(!is_like(pattern, unlike), "{pattern} {unlike}");
        }
    }

    #[test]
    fn an_entry_that_is_needed_is_not_stale() {
        let list = list("[sign]\n\"a-*\" = \"why\"");
        assert_eq!(list.allows("a-1"), Some("why"));
        assert_eq!(list.allows("b-1"), None);
        assert!(list.stale().is_empty());
    }

    #[test]
    fn an_entry_that_passes_or_meets_nothing_is_stale() {
        let list = list("[sign]\n\"a-*\" = \"why\"\n\"b\" = \"why\"");
        let _ = list.allows("a-1");
        list.passed("a-2");
        let stale = list.stale();
        assert!(stale[0].contains("a-2 passes") && stale[1].contains("meets nothing"), "{stale:?}");
    }

    #[test]
    fn an_entry_needs_a_reason() {
        assert!(Failures::default().add("[sign]\na = \" \"").is_err());
        assert!(Failures::default().add("[sing]\na = \"why\"").is_err());
    }
}
