//! Everything the tests need beyond Rust: system packages, the official clients of four languages, a real Keystone.
//!
//! Versions are pinned by the lock files beside the callers. A part that is up to date is skipped.

mod clients;
mod packages;
mod stamp;

pub(crate) use packages::Needs;

use anyhow::Result;

/// Makes the callers of all languages, and the Keystone to compare with, ready to run.
///
/// # Errors
/// When a package or client cannot be installed; the message names the next step.
pub(crate) fn callers() -> Result<()> {
    packages::require(&Needs::TESTS)?;
    clients::python()?;
    clients::node()?;
    clients::go()?;
    clients::java()?;
    clients::keystone()
}

/// Makes the load generator of the benchmarks ready, and the programs we are compared with.
///
/// # Errors
/// As [`callers`].
pub(crate) fn benches() -> Result<()> {
    packages::require(&Needs::BENCHES)?;
    clients::python()?;
    clients::node()?;
    clients::keystone()
}
