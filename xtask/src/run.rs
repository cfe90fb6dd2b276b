//! `cargo xtask run`: the development server.

use crate::places::root;
use crate::process::{run as run_command, say};
use anyhow::Result;
use std::process::Command;

const DATA: &str = "target/dev-data";

/// Builds the binary and starts it until it ends or is interrupted.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    say("building countersign (the first time takes a few minutes)");
    let root = root();
    run_command(Command::new("cargo").current_dir(&root).args(["build", "--package", "countersign-cli"]))?;
    say(&format!("starting; data lies in {DATA}, Ctrl-C ends it"));
    run_command(
        Command::new(root.join("target/debug/countersign"))
            .current_dir(&root)
            .args(["serve", "--dev", "--data", DATA])
            .args(arguments),
    )
}
