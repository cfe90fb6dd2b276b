//! `countersign conformance`: this build against recorded requests.

mod report;
mod vector;

use anyhow::Context;
use report::Report;
use std::path::PathBuf;
use std::process::ExitCode;
use vector::File;

/// What to check.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Run the verifier over a file of recorded requests; exit 1 if it judges one wrongly.
    Verify(Verify),
}

/// Arguments of `conformance verify`.
#[derive(clap::Args)]
pub(crate) struct Verify {
    /// Vector file (JSON; the schema is described in spec/vectors/README.md).
    file: PathBuf,
    /// Print the table as JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the check.
pub(crate) fn run(command: &Command) -> anyhow::Result<ExitCode> {
    let Command::Verify(Verify { file, json }) = command;
    let text = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let vectors: File = serde_json::from_slice(&text)
        .with_context(|| format!("{} is not a vector file; see spec/vectors/README.md", file.display()))?;

    let mut report = Report::default();
    for vector in &vectors.vectors {
        let verdict = vector.verify().with_context(|| format!("the vector {} is broken", vector.id))?;
        report.add(vector, verdict);
    }
    if *json {
        println!("{}", serde_json::to_string_pretty(&report.to_json())?);
    } else {
        print!("{}", report.to_table());
    }
    println!("{}", report.summary());
    Ok(if report.wrong() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
