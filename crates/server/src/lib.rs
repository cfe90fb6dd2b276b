//! The process around gateway and management API: configuration, first start, listeners, shutdown.

use std::net::SocketAddr;
use std::path::PathBuf;

/// What the command line may override.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Configuration file.
    pub config: Option<PathBuf>,
    /// Data directory.
    pub data: Option<PathBuf>,
    /// Gateway address.
    pub gateway: Option<SocketAddr>,
    /// Management address.
    pub api: Option<SocketAddr>,
    /// Create and print a demo.
    pub dev: bool,
    /// Where to write addresses and first credentials.
    pub ready_file: Option<PathBuf>,
}

/// Serves until told to stop.
///
/// # Errors
/// When the process cannot start.
pub fn serve(_options: Options) -> anyhow::Result<()> {
    anyhow::bail!("this build has no server")
}
