//! One process a data directory.

use crate::fault;
use countersign_store::Error;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

const FILE: &str = "store.lock";

/// Held as long as the store is open; the operating system releases it when the process ends, however it ends.
#[derive(Debug)]
pub(crate) struct ProcessLock {
    _file: File,
}

impl ProcessLock {
    /// Takes the lock of `directory` without waiting.
    pub(crate) fn take(directory: &Path) -> Result<Self, Error> {
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(directory.join(FILE))
            .map_err(fault)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(Error::InUse { path: directory.display().to_string() }),
            Err(TryLockError::Error(error)) => Err(fault(error)),
        }
    }
}
