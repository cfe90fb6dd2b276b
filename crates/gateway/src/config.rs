//! What the gateway can be told.

use countersign_snapshot::AddressSet;
use rustls::pki_types::CertificateDer;
use std::{net::SocketAddr, path::PathBuf, time::Duration};

/// Settings of one data plane; [`Config::default`] listens on a free loopback port.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen; port 0 takes a free one, the same for all workers.
    pub address: SocketAddr,
    /// Threads, each with its own listener, runtime and upstream pool; 0 takes one per core.
    pub workers: usize,
    /// How long clients may take.
    pub timeouts: Timeouts,
    /// Where access records go.
    pub access_log: AccessLog,
    /// All request bodies in flight together, in bytes; more is answered with 503.
    pub body_budget_bytes: u64,
    /// Open client connections per worker; more wait in the listener's queue.
    pub connections_max: usize,
    /// Calls by the default subdomain of a group in a day (UTC); it is for debugging.
    pub subdomain_calls_per_day: u32,
    /// Whom TLS backends must be certified by.
    pub trusted_roots: TrustedRoots,
    /// Whether AppCodes are taken over cleartext HTTP, where whoever sees one can use it.
    pub app_code_over_http: bool,
    /// Proxies before the gateway: only what they say about the source of a request is believed.
    pub trusted_proxies: AddressSet,
}

/// How long clients may take. Whole seconds count: a coarse clock watches all connections.
#[derive(Debug, Clone)]
pub struct Timeouts {
    /// From the first byte of a head to its last, and for a new connection to send one.
    pub head: Duration,
    /// Between two pieces of a body.
    pub body: Duration,
    /// For a whole body.
    pub body_total: Duration,
    /// For a connection without a request.
    pub idle: Duration,
    /// For a client that does not take its answer.
    pub write: Duration,
    /// For an unused connection to a backend.
    pub upstream_idle: Duration,
}

/// Where access records go: one JSON object a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccessLog {
    /// Standard output.
    Stdout,
    /// Appended to this file.
    File(PathBuf),
    /// Nowhere.
    Off,
}

/// Whom TLS backends must be certified by.
#[derive(Debug, Clone)]
pub enum TrustedRoots {
    /// The operating system's store.
    Native,
    /// These certificates only.
    Only(Vec<CertificateDer<'static>>),
}

impl Default for Config {
    fn default() -> Self {
        Self {
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            workers: 0,
            timeouts: Timeouts::default(),
            access_log: AccessLog::Off,
            body_budget_bytes: 256 * 1024 * 1024,
            connections_max: 16 * 1024,
            subdomain_calls_per_day: 1_000,
            trusted_roots: TrustedRoots::Native,
            app_code_over_http: false,
            trusted_proxies: AddressSet::default(),
        }
    }
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(10),
            body: Duration::from_secs(8),
            body_total: Duration::from_secs(300),
            idle: Duration::from_secs(60),
            write: Duration::from_secs(30),
            upstream_idle: Duration::from_secs(30),
        }
    }
}
