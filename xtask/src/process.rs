//! Running other programs: what is run is shown, and a failure says what failed.

use anyhow::{Context, Result, bail};
use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};

/// Says on standard error what happens now.
pub(crate) fn say(message: &str) {
    eprintln!("xtask: {message}");
}

/// A command in `directory` without standard input: nothing here may wait for a terminal.
pub(crate) fn command(program: impl AsRef<OsStr>, directory: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(directory).stdin(Stdio::null());
    command
}

/// Runs to the end; its output goes to the terminal.
///
/// # Errors
/// When it cannot be started or does not end with 0; the message holds the command line.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let line = line(command);
    let status = command.status().with_context(|| format!("cannot start: {line}"))?;
    if !status.success() {
        bail!("failed ({status}): {line}");
    }
    Ok(())
}

/// Runs to the end and returns its standard output.
///
/// # Errors
/// As [`run`], with its standard error in the message.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let line = line(command);
    let done = command.output().with_context(|| format!("cannot start: {line}"))?;
    if !done.status.success() {
        bail!("failed ({}): {line}\n{}", done.status, String::from_utf8_lossy(&done.stderr));
    }
    String::from_utf8(done.stdout).with_context(|| format!("output is not UTF-8: {line}"))
}

/// Whether it starts and ends with 0; what it prints is dropped.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}
