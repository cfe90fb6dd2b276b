//! `cargo xtask compatibility`: tables of operations and deviations as pages. Tests fail when a page is old.

use crate::places::root;
use crate::process::{command, output, say};
use anyhow::{Context, Result};
use std::fs;

/// Package whose example `compatibility` prints the page, and the page.
const PAGES: [(&str, &str); 2] = [
    ("countersign-api-apig", "docs/compatibility.md"),
    ("countersign-api-identity", "docs/compatibility-identity.md"),
];
/// Page of what differs from Keystone, made from the tables of the end-to-end test.
const DEVIATIONS: &str = "docs/compatibility-keystone.md";

/// Writes the pages.
pub(crate) fn write() -> Result<()> {
    for (package, page) in PAGES {
        let example = ["run", "--quiet", "--package", package, "--example", "compatibility"];
        let text = output(command("cargo", &root()).args(example))?;
        keep(page, &text)?;
    }
    let tables = root().join("tests/e2e");
    keep(DEVIATIONS, &output(command("python3", &tables).args(["-m", "differential.page"]))?)
}

fn keep(page: &str, text: &str) -> Result<()> {
    fs::write(root().join(page), text).with_context(|| format!("cannot write {page}"))?;
    say(&format!("{page} is up to date"));
    Ok(())
}
