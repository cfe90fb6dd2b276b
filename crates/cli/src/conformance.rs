//! `countersign conformance`: signers and verifiers of any language against the vectors.

mod differential;

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use countersign_conformance::failures::Failures;
use countersign_conformance::grade;
use countersign_conformance::own::{self, Own};
use countersign_conformance::report::{Paint, Report};
use countersign_conformance::testee::{Subject, Testee};
use countersign_conformance::vectors::{sign_vectors, verify_vectors};
use differential::Differential;
use std::io::{IsTerminal, Write, stderr, stdin, stdout};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

/// What to grade.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Grade a signer; exit 1 if it signs one request wrongly.
    Sign(Grade),
    /// Grade a verifier; exit 1 if it judges one request wrongly.
    Verify(Grade),
    /// Sign random requests, and hold the signatures against this build and another signer; exit 1 on a disagreement.
    Differential(Differential),
    /// Be a testee: answer questions on standard input with this build's signer and verifier.
    Testee,
}

/// Arguments of `conformance sign` and `conformance verify`.
#[derive(Args)]
pub(crate) struct Grade {
    #[command(flatten)]
    subject: Subjects,
    /// List of failures that are allowed, with reasons (TOML); may be repeated.
    #[arg(long, value_name = "FILE")]
    failures: Vec<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// Files or folders of vectors (spec/vectors/README.md); those of this build if none is given.
    files: Vec<PathBuf>,
}

/// Who is graded.
#[derive(Args)]
struct Subjects {
    /// Command line of the program to grade (conformance/README.md); this build if none is given.
    #[arg(long, value_name = "COMMAND")]
    testee: Option<String>,
    /// How long to wait for an answer.
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..))]
    patience: u64,
}

impl Subjects {
    fn start(&self, command: &str) -> Result<Testee> {
        let patience = Duration::from_secs(self.patience);
        Testee::start(command, patience).with_context(|| format!("cannot grade {command:?}"))
    }
}

/// Runs the command.
pub(crate) fn run(command: &Command) -> Result<ExitCode> {
    match command {
        Command::Sign(arguments) => arguments.run(Verb::Sign),
        Command::Verify(arguments) => arguments.run(Verb::Verify),
        Command::Differential(arguments) => arguments.run(),
        Command::Testee => {
            own::serve(stdin().lock(), stdout().lock()).context("cannot answer the runner")?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

#[derive(Clone, Copy)]
enum Verb {
    Sign,
    Verify,
}

impl Grade {
    fn run(&self, verb: Verb) -> Result<ExitCode> {
        let failures = Failures::read(&self.failures)?;
        let report = match &self.subject.testee {
            None => self.grade(verb, &mut Own::default(), &failures)?,
            Some(command) => {
                let mut testee = self.subject.start(command)?;
                self.grade(verb, &mut testee, &failures)?
            }
        };
        self.print(&report)?;
        Ok(if report.is_right() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    fn grade(&self, verb: Verb, subject: &mut impl Subject, failures: &Failures) -> Result<Report> {
        let report = match verb {
            Verb::Sign => grade::sign(subject, &sign_vectors(&self.files)?, &failures.sign, &mut progress),
            Verb::Verify => {
                grade::verify(subject, &verify_vectors(&self.files)?, &failures.verify, &mut progress)
            }
        };
        clear_progress();
        report
    }

    fn print(&self, report: &Report) -> Result<()> {
        for failure in &report.failures {
            eprintln!("wrong: {}: {}", failure.id, failure.difference);
        }
        for entry in &report.stale {
            eprintln!("stale: {entry}");
        }
        if self.json {
            println!("{}", serde_json::to_string_pretty(report)?);
            return Ok(());
        }
        let paint = if stdout().is_terminal() { Paint::Color } else { Paint::Plain };
        print!("{}", report.to_table(paint));
        println!("{}", report.summary());
        Ok(())
    }
}

/// One line on standard error, written over and over; nothing where nobody watches.
fn progress(done: usize, total: usize, id: &str) {
    if stderr().is_terminal() {
        eprint!("\r\u{1b}[K{done}/{total} {id}");
        let _ = stderr().flush();
    }
}

fn clear_progress() {
    if stderr().is_terminal() {
        eprint!("\r\u{1b}[K");
    }
}
