//! What tracked files may not hold.

use crate::places::root;
use crate::process::{command, output};
use anyhow::Result;
use std::fs;

/// Files with a reason of their own; tables and texts may be long.
const CODE: &[&str] = &[".rs", ".py", ".js", ".go", ".java"];
/// Beyond this a file is a design smell (STYLE.md); it is remarked upon, not refused.
const LINES_MAX: usize = 500;
/// Marks of unfinished work. Put together here so that this file does not hold them.
const UNFINISHED: &[&str] = &[concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X:")];
/// Ways to the outside that only some crates have.
const OUTSIDE: &[&str] = &["std::env", "std::fs", "std::process"];
/// They read arguments, environment and files; the store driver reads its own files, and costs stand in one.
const MAY_LOOK_OUTSIDE: &[&str] = &[
    "crates/server/",
    "crates/cli/",
    "crates/conformance/",
    "crates/store-sqlite/",
    "crates/cost/",
    "sdks/",
    "xtask/",
];
/// Texts that are not ours to keep tidy: generated, recorded or legal.
const NOT_OURS: &[&str] = &["Cargo.lock", "LICENSE", "spec/vectors/", "package-lock.json", "go.sum"];

/// What was found.
#[derive(Default)]
pub(super) struct Findings {
    /// Fail the run.
    pub(super) faults: Vec<String>,
    /// Are shown.
    pub(super) remarks: Vec<String>,
}

/// Reads every tracked text file once.
pub(super) fn check() -> Result<Findings> {
    let root = root();
    let mut findings = Findings::default();
    for path in output(command("git", &root).args(["ls-files"]))?.lines() {
        if NOT_OURS.iter().any(|part| path.contains(part)) {
            continue;
        }
        if let Ok(text) = fs::read_to_string(root.join(path)) {
            findings.look_at(path, &text);
        }
    }
    Ok(findings)
}

impl Findings {
    fn look_at(&mut self, path: &str, text: &str) {
        for mark in UNFINISHED.iter().filter(|mark| text.contains(**mark)) {
            self.faults.push(format!("{path}: holds `{mark}`; finish it or open an issue"));
        }
        if CODE.iter().any(|ending| path.ends_with(ending)) && text.lines().count() > LINES_MAX {
            self.remarks.push(format!("{path}: {} lines; what is its one reason?", text.lines().count()));
        }
        if path.ends_with(".rs") {
            self.look_at_rust(path, text);
        }
    }

    fn look_at_rust(&mut self, path: &str, text: &str) {
        if (path.ends_with("src/lib.rs") || path.ends_with("src/main.rs")) && !text.starts_with("//!") {
            self.faults.push(format!("{path}: a crate starts with `//!`: what it does, what it never does"));
        }
        let is_test = path.contains("/tests/") || path.ends_with("tests.rs") || path.contains("/examples/");
        if is_test || MAY_LOOK_OUTSIDE.iter().any(|crate_path| path.starts_with(crate_path)) {
            return;
        }
        let product = text.split("#[cfg(test)]").next().unwrap_or(text);
        for way in OUTSIDE.iter().filter(|way| product.contains(**way)) {
            self.faults
                .push(format!("{path}: uses `{way}`; only server, cli and store drivers look outside"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(path: &str, text: &str) -> usize {
        let mut findings = Findings::default();
        findings.look_at(path, text);
        findings.faults.len()
    }

    #[test]
    fn a_crate_without_its_first_words_is_a_fault() {
        assert_eq!(faults("crates/a/src/lib.rs", "pub mod x;"), 1);
        assert_eq!(faults("crates/a/src/lib.rs", "//! Words.\npub mod x;"), 0);
    }

    #[test]
    fn looking_outside_is_a_fault_except_in_tests_and_at_the_edges() {
        let text = "fn f() { std::env::args(); }";
        assert_eq!(faults("crates/gateway/src/line.rs", text), 1);
        assert_eq!(faults("crates/server/src/line.rs", text), 0);
        assert_eq!(faults("crates/gateway/src/line.rs", &format!("#[cfg(test)]\n{text}")), 0);
    }

    #[test]
    fn unfinished_work_is_a_fault_in_any_language() {
        assert_eq!(faults("tests/e2e/a.py", concat!("# TO", "DO later")), 1);
    }
}
