//! `cargo xtask run`: the development server.

use crate::places::{debug_binary, root};
use crate::process::{command, run as run_command, say};
use anyhow::{Context, Result};
use std::os::unix::process::CommandExt;
use std::process::Command;

const DATA: &str = "target/dev-data";

/// Builds the binary and becomes the server, so that signals reach it directly.
///
/// # Errors
/// When the build fails or the binary cannot be started; otherwise it does not return.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    say("building countersign (the first time takes a few minutes)");
    run_command(command("cargo", &root()).args(["build", "--package", "countersign-cli"]))?;
    say(&format!("starting; data lies in {DATA}, Ctrl-C ends it"));
    let mut server = Command::new(debug_binary());
    server.current_dir(root()).args(["serve", "--dev", "--data", DATA]).args(arguments);
    Err(server.exec()).with_context(|| format!("cannot start {}", debug_binary().display()))
}
