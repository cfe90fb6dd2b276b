//! `cargo xtask bench`: starts a measurement; the measuring itself is in `bench/`.

use crate::places::{python, root};
use crate::process::{command, run, say};
use crate::{libraries, setup};
use anyhow::Result;
use clap::Subcommand;

/// What is measured.
#[derive(Subcommand)]
pub(crate) enum Subject {
    /// The gateway side by side with nginx and haproxy as plain proxies, and with policies bound: CPU per request,
    /// latency, throughput
    Line {
        /// Rounds; in each, every candidate is measured once, in random order
        #[arg(long, default_value_t = 8)]
        rounds: u32,
        /// Length of one measurement
        #[arg(long, default_value_t = 3)]
        seconds: u32,
    },
    /// Tokens side by side with a real Keystone: CPU per token issued and validated, and what the parts cost
    Identity {
        /// Rounds; in each, every operation of every service is measured once, in random order
        #[arg(long, default_value_t = 5)]
        rounds: u32,
        /// Length of one measurement
        #[arg(long, default_value_t = 2)]
        seconds: u32,
    },
    /// Every signing library side by side with the official signer of its language: CPU ns per signature
    Sign,
}

/// Builds the release binary, sets up the peers, measures, prints a table and appends it to bench/RESULTS.md.
pub(crate) fn bench(subject: &Subject) -> Result<()> {
    setup::benches()?;
    say("building the release binary (link-time optimized: this takes minutes)");
    let release = ["build", "--release", "--package", "countersign-cli"];
    match subject {
        Subject::Line { rounds, seconds } => {
            run(command("cargo", &root()).args(release))?;
            measure("line.py", &[rounds.to_string(), seconds.to_string()])
        }
        Subject::Identity { rounds, seconds } => {
            run(command("cargo", &root()).args(release))?;
            example("countersign-token", "envelope_cost")?;
            example("countersign-gateway", "token_cost")?;
            example("countersign-identity", "password_cost")?;
            measure("identity.py", &[rounds.to_string(), seconds.to_string()])
        }
        Subject::Sign => {
            setup::callers()?;
            libraries::build()?;
            example("countersign-verify", "cost")?;
            measure("sign.py", &[])
        }
    }
}

fn example(package: &str, name: &str) -> Result<()> {
    run(command("cargo", &root()).args(["build", "--release", "--package", package, "--example", name]))
}

/// The measuring scripts start the same processes as the end-to-end tests, by the same harness.
fn measure(script: &str, arguments: &[String]) -> Result<()> {
    let harness = root().join("tests/e2e");
    run(command(python(), &root().join("bench")).env("PYTHONPATH", harness).arg(script).args(arguments))
}
