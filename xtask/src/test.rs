//! `cargo xtask test`: every check there is, in an order that fails early.

use crate::places::{python, root};
use crate::process::{command, run, say};
use crate::{conformance, libraries, setup, tidy};
use anyhow::{Context, Result};
use clap::ValueEnum;
use std::time::Instant;

/// Cycles of the crash test when it runs as one step among others.
const CRASH_CYCLES: u32 = 10;

/// One step; each can be run alone by its name.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Step {
    /// Rules of the house that no compiler checks
    Tidy,
    /// cargo fmt
    Format,
    /// cargo clippy, warnings are errors
    Lint,
    /// cargo test
    Unit,
    /// Libraries and official signers against the vectors in spec/vectors, and random requests
    Conformance,
    /// The signing libraries: their own tests, and packing them for their registries
    Libraries,
    /// Official clients against the real binary and real backends
    E2e,
    /// kill -9 during concurrent writes
    Crash,
}

/// Runs the named steps, or all; stops at the first that fails.
pub(crate) fn test(steps: &[Step], pytest: &[String]) -> Result<()> {
    let steps = if steps.is_empty() { Step::value_variants() } else { steps };
    let mut summary = String::new();
    for step in steps {
        let name = step.name();
        say(&format!("== {name}"));
        let start = Instant::now();
        step.run(pytest)
            .with_context(|| format!("step failed; alone it runs by: cargo xtask test {name}"))?;
        summary.push_str(&format!("\n  {name:<12} ok {:>6.1} s", start.elapsed().as_secs_f64()));
    }
    say(&format!("all passed{summary}"));
    Ok(())
}

impl Step {
    fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }

    fn run(self, pytest: &[String]) -> Result<()> {
        match self {
            Self::Tidy => tidy::tidy(),
            Self::Format => cargo(&["fmt", "--all", "--check"]),
            Self::Lint => {
                cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "--deny", "warnings"])
            }
            Self::Unit => cargo(&["test", "--workspace", "--quiet"]),
            Self::Conformance => conformance::check(),
            Self::Libraries => libraries::check(&[]),
            Self::E2e => e2e(pytest),
            Self::Crash => crash(CRASH_CYCLES),
        }
    }
}

fn cargo(arguments: &[&str]) -> Result<()> {
    run(command("cargo", &root()).args(arguments))
}

/// The whole workspace, so that the features, and with them the build, are those of the unit tests.
pub(crate) fn build() -> Result<()> {
    cargo(&["build", "--workspace", "--bins", "--quiet"])
}

fn e2e(pytest: &[String]) -> Result<()> {
    setup::callers()?;
    for check in [&["check", "--quiet"][..], &["format", "--check", "--quiet"][..]] {
        run(command(python(), &root()).args(["-m", "ruff"]).args(check).args([
            "tests/e2e",
            "bench",
            "conformance",
        ]))?;
    }
    build()?;
    libraries::build()?;
    run(command(python(), &root().join("tests/e2e")).args(["-m", "pytest"]).args(pytest))
}

/// The crash test alone.
pub(crate) fn crash(cycles: u32) -> Result<()> {
    setup::callers()?;
    build()?;
    run(command(python(), &root().join("tests/e2e")).arg("crash.py").arg(cycles.to_string()))
}
