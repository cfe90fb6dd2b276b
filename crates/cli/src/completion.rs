//! `countersign completion`: completion for a shell.

use crate::output;
use clap_complete::Shell;
use std::process::ExitCode;

/// Arguments of `completion`.
#[derive(clap::Args)]
#[command(after_help = include_str!("help/completion.txt"))]
pub(crate) struct Arguments {
    /// The shell.
    shell: Shell,
}

/// Prints the completion script.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut crate::command(), "countersign", &mut script);
    output::put(&script)?;
    Ok(ExitCode::SUCCESS)
}
