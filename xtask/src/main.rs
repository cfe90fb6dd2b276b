//! The project's own tasks: `cargo xtask run`, `cargo xtask test` and their parts.
//!
//! Everything a task makes or installs lies under `target`; the one exception is system packages, which it
//! installs by name when they are missing. Results go to standard output, progress to standard error.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool talks to its terminal")]

mod bench;
mod compatibility;
mod conformance;
mod libraries;
mod places;
mod process;
mod run;
mod setup;
mod test;
mod tidy;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Tasks of the Countersign repository")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build what is needed and start the development server; data lies in target/dev-data
    Run {
        /// Passed to `countersign serve`
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Do all set-up of the tests and run all of them, or only the named steps
    Test {
        /// Steps to run; all when none is named
        #[arg(value_enum)]
        steps: Vec<test::Step>,
        /// Passed to pytest in the end-to-end step
        #[arg(last = true)]
        pytest: Vec<String>,
    },
    /// Check the rules of the house that no compiler checks
    Tidy,
    /// Measure
    #[command(subcommand)]
    Bench(bench::Subject),
    /// Write the generated pages of docs/ from the tables of operations and deviations
    Compatibility,
    /// Grade the libraries of sdks/ and the official signers, and write docs/conformance.md
    Conformance {
        /// Instead, let every library sign this many random requests, and hold them against us and its peer
        #[arg(long, value_name = "COUNT")]
        differential: Option<u64>,
        /// Seed of the random requests
        #[arg(long, default_value_t = conformance::SEED)]
        seed: u64,
    },
    /// Build, test and pack the signing libraries of sdks/
    Libraries {
        /// Folders of sdks/; all when none is named
        names: Vec<String>,
        /// Only write the READMEs from their template
        #[arg(long, conflicts_with = "names")]
        readme: bool,
    },
    /// Kill the server during concurrent writes, again and again; nothing acknowledged may be lost
    Crash {
        /// How often to kill it
        #[arg(long, default_value_t = 200)]
        cycles: u32,
    },
}

fn main() -> ExitCode {
    match perform() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            process::say(&format!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn perform() -> Result<()> {
    match Arguments::parse().task {
        Task::Run { arguments } => run::run(&arguments),
        Task::Test { steps, pytest } => test::test(&steps, &pytest),
        Task::Tidy => tidy::tidy(),
        Task::Bench(subject) => bench::bench(&subject),
        Task::Compatibility => compatibility::write(),
        Task::Conformance { differential: Some(count), seed } => conformance::differential(seed, count),
        Task::Conformance { differential: None, seed } => conformance::write(seed),
        Task::Libraries { readme: true, .. } => libraries::write_readmes(),
        Task::Libraries { names, .. } => libraries::check(&names),
        Task::Crash { cycles } => test::crash(cycles),
    }
}
