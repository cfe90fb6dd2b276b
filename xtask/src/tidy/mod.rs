//! The rules of the house that no compiler checks: arrows between crates, and what sources may not hold.

mod arrows;
mod sources;

use crate::process::say;
use anyhow::{Result, bail};

/// Checks everything and says all that is wrong, not only the first.
pub(crate) fn tidy() -> Result<()> {
    let mut faults = arrows::faults()?;
    let sources = sources::check()?;
    faults.extend(sources.faults);
    for remark in sources.remarks {
        say(&format!("tidy remarks: {remark}"));
    }
    for fault in &faults {
        say(&format!("tidy: {fault}"));
    }
    if !faults.is_empty() {
        bail!("{} faults found by tidy", faults.len());
    }
    Ok(())
}
