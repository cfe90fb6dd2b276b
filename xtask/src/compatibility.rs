//! `cargo xtask compatibility`: the table of operations as a page. A unit test fails when the page is old.

use crate::places::root;
use crate::process::{command, output, say};
use anyhow::{Context, Result};
use std::fs;

const PAGE: &str = "docs/compatibility.md";

/// Writes the page.
pub(crate) fn write() -> Result<()> {
    let example = ["run", "--quiet", "--package", "countersign-api-apig", "--example", "compatibility"];
    let text = output(command("cargo", &root()).args(example))?;
    fs::write(root().join(PAGE), text).with_context(|| format!("cannot write {PAGE}"))?;
    say(&format!("{PAGE} is up to date"));
    Ok(())
}
