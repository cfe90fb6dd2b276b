//! `countersign man`: manual pages.

use anyhow::Context;
use std::path::PathBuf;
use std::process::ExitCode;

/// Arguments of `man`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Directory for the pages, one a command; made when it does not exist.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// Writes the pages.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let directory = &arguments.out;
    std::fs::create_dir_all(directory)
        .and_then(|()| clap_mangen::generate_to(crate::command(), directory))
        .with_context(|| format!("cannot write manual pages to {}", directory.display()))?;
    Ok(ExitCode::SUCCESS)
}
