//! `countersign conformance differential`: random requests, two signers and this build.

use super::{Subjects, clear_progress, progress};
use crate::clock::now;
use anyhow::{Context, Result};
use clap::Args;
use countersign_conformance::differential::{Outcome, Peer, Plan, run};
use countersign_conformance::failures::Failures;
use countersign_conformance::own::Own;
use countersign_conformance::testee::Subject;
use std::path::PathBuf;
use std::process::ExitCode;

/// Arguments of `conformance differential`.
#[derive(Args)]
pub(crate) struct Differential {
    #[command(flatten)]
    subject: Subjects,
    /// Command line of a signer that must agree with the testee.
    #[arg(long, value_name = "COMMAND")]
    peer: Option<String>,
    /// Properties of requests that the testee may sign otherwise, with reasons (TOML); may be repeated.
    #[arg(long, value_name = "FILE")]
    failures: Vec<PathBuf>,
    /// The same of the peer.
    #[arg(long, value_name = "FILE", requires = "peer")]
    peer_failures: Vec<PathBuf>,
    /// All requests follow from it; drawn from the clock if none is given.
    #[arg(long)]
    seed: Option<u64>,
    /// How many requests.
    #[arg(long, default_value_t = 2000)]
    count: u64,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

impl Differential {
    /// Runs and prints.
    pub(super) fn run(&self) -> Result<ExitCode> {
        let seed = match self.seed {
            Some(seed) => seed,
            None => now()?.unix(),
        };
        eprintln!("seed {seed}");
        let outcome = self.outcome(Plan { seed, count: self.count });
        clear_progress();
        let outcome = outcome?;
        self.print(&outcome)?;
        Ok(if outcome.is_right() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    fn outcome(&self, plan: Plan) -> Result<Outcome> {
        let failures = Failures::read(&self.failures)?;
        let peer_failures = Failures::read(&self.peer_failures)?;
        let mut testee: Box<dyn Subject> = match &self.subject.testee {
            Some(command) => Box::new(self.subject.start(command)?),
            None => Box::new(Own::default()),
        };
        let mut peer = self.peer.as_ref().map(|command| self.subject.start(command)).transpose()?;
        let peer = peer.as_mut().map(|subject| Peer {
            subject: subject as &mut dyn Subject,
            allowed: &peer_failures.differential,
        });
        run(plan, &mut *testee, &failures.differential, peer, &mut progress)
    }

    fn print(&self, outcome: &Outcome) -> Result<()> {
        for disagreement in &outcome.disagreements {
            let task = serde_json::to_string(&disagreement.task).context("a request is text and lists")?;
            eprintln!("wrong: request {}: {}\n  {task}", disagreement.case, disagreement.difference);
        }
        for entry in &outcome.stale {
            eprintln!("stale: {entry}");
        }
        if self.json {
            println!("{}", serde_json::to_string_pretty(outcome)?);
        } else {
            print!("{}", outcome.to_text());
        }
        Ok(())
    }
}
