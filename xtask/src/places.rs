//! Where things lie.

use std::path::{Path, PathBuf};

/// The repository.
pub(crate) fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest).to_path_buf()
}

/// What the set-up of the tests makes.
pub(crate) fn setup() -> PathBuf {
    root().join("target/e2e")
}

/// The testees around the official signers that have to be compiled.
pub(crate) fn testees() -> PathBuf {
    root().join("target/conformance")
}

/// The binary the tests run.
pub(crate) fn debug_binary() -> PathBuf {
    root().join("target/debug/countersign")
}

/// The Python that has the official clients installed.
pub(crate) fn python() -> PathBuf {
    setup().join("venv/bin/python")
}
