//! `cargo xtask compatibility`.
use anyhow::Result;
pub(crate) fn write() -> Result<()> {
    Ok(())
}
