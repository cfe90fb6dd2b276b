//! Remembers from which inputs something was made, so that it is made again only when they change.

use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// Runs `make` unless `output` was made from exactly these `inputs` before.
///
/// # Errors
/// When an input cannot be read, or `make` fails; then nothing is remembered.
pub(crate) fn once(output: &Path, inputs: &[PathBuf], make: impl FnOnce() -> Result<()>) -> Result<()> {
    let mut now = String::new();
    for input in inputs {
        let text = fs::read_to_string(input).with_context(|| format!("cannot read {}", input.display()))?;
        now.push_str(&text);
    }
    let stamp = output.join(".made-from");
    if fs::read_to_string(&stamp).is_ok_and(|before| before == now) {
        return Ok(());
    }
    fs::create_dir_all(output)?;
    make()?;
    fs::write(stamp, now)?;
    Ok(())
}
