//! The last good snapshot on disk: sealed, because it holds the keys the gateway verifies with.

use crate::{private_file, vault::FileVault};
use anyhow::Context;
use countersign_snapshot::Source;
use std::{io::ErrorKind, path::Path};

const SEALED_FOR: &str = "snapshot";

/// Replaces the file with this source.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn save(path: &Path, vault: &FileVault, source: &Source) -> anyhow::Result<()> {
    let plain = zeroize::Zeroizing::new(serde_json::to_vec(source)?);
    private_file::replace(path, &vault.seal_bytes(SEALED_FOR, &plain))?;
    Ok(())
}

/// The source that was saved last; `None` when there is none yet.
///
/// # Errors
/// When the file is there but was altered, or sealed under another key.
pub(crate) fn load(path: &Path, vault: &FileVault) -> anyhow::Result<Option<Source>> {
    let sealed = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
    };
    let plain = vault
        .open_bytes(SEALED_FOR, &sealed)
        .with_context(|| format!("the last good snapshot {} cannot be opened", path.display()))?;
    let source = serde_json::from_slice(&plain)
        .with_context(|| format!("the last good snapshot {} has an unknown form", path.display()))?;
    Ok(Some(source))
}
