//! `countersign serve`: arguments only; the server crate does the rest.

use countersign_server::Options;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

/// What the command line may override; everything else stands in the configuration file.
#[derive(clap::Args)]
#[command(after_help = include_str!("help/serve.txt"))]
pub(crate) struct Arguments {
    /// Configuration file (TOML).
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Directory of the store, the key file and the last good snapshot.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Address of the gateway; port 0 takes a free one.
    #[arg(long, value_name = "ADDR")]
    gateway: Option<SocketAddr>,
    /// Address of the management API; port 0 takes a free one.
    #[arg(long, value_name = "ADDR")]
    api: Option<SocketAddr>,
    /// Create a demo API and app, and print a signed call that works.
    #[arg(long)]
    dev: bool,
    /// Write addresses and first credentials here, mode 0600, once both listeners accept.
    #[arg(long, value_name = "PATH")]
    ready_file: Option<PathBuf>,
}

/// Serves until told to stop. What is logged goes to standard error; `RUST_LOG` chooses how much.
pub(crate) fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let Arguments { config, data, gateway, api, dev, ready_file } = arguments;
    let filter = EnvFilter::builder().with_default_directive(LevelFilter::INFO.into()).from_env()?;
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    countersign_server::serve(&Options { config, data, gateway, api, dev, ready_file })?;
    Ok(ExitCode::SUCCESS)
}
