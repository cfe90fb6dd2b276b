//! Everything the tests need beyond Rust: system packages, the official clients of four languages, a real Keystone.
//!
//! Versions are pinned by the lock files beside the callers. A part that is up to date is skipped.

mod clients;
mod packages;
mod stamp;

pub(crate) use packages::Needs;
pub(crate) use stamp::once;

use anyhow::Result;
use std::panic::resume_unwind;
use std::thread;

/// Makes the callers of all languages, and the Keystone to compare with, ready to run.
///
/// # Errors
/// When a package or client cannot be installed; the message names the next step.
pub(crate) fn callers() -> Result<()> {
    packages::require(&Needs::TESTS)?;
    together(&[clients::python, clients::node, clients::go, clients::java, clients::keystone])
}

/// Makes the official signers ready to be asked.
///
/// # Errors
/// As [`callers`].
pub(crate) fn testees() -> Result<()> {
    packages::require(&Needs::TESTS)?;
    together(&[clients::python, clients::node, clients::go_testee, clients::java_testee])
}

/// Makes the load generator of the benchmarks ready, and the programs we are compared with.
///
/// # Errors
/// As [`callers`].
pub(crate) fn benches() -> Result<()> {
    packages::require(&Needs::BENCHES)?;
    together(&[clients::python, clients::node, clients::keystone])
}

/// Makes parts that do not depend on each other, at the same time: most of it is waiting for registries.
fn together(parts: &[fn() -> Result<()>]) -> Result<()> {
    thread::scope(|scope| {
        let running: Vec<_> = parts.iter().map(|part| scope.spawn(part)).collect();
        running.into_iter().try_for_each(|part| part.join().unwrap_or_else(|fault| resume_unwind(fault)))
    })
}
