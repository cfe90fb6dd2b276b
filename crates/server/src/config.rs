//! The configuration: a strict TOML file, overridden by the command line.

use anyhow::Context;
use countersign_snapshot::{AddressSet, InvalidAddress};
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    net::{Ipv4Addr, SocketAddr},
    num::NonZeroU64,
    path::{Path, PathBuf},
};

const A_DAY: NonZeroU64 = NonZeroU64::new(24 * 60 * 60).expect("a day is longer than nothing");

/// What `countersign serve` was asked for on the command line; it wins over the file.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// TOML file.
    pub config: Option<PathBuf>,
    /// Data directory.
    pub data: Option<PathBuf>,
    /// Address of the gateway listener; port 0 takes a free one.
    pub gateway: Option<SocketAddr>,
    /// Address of the management listener; port 0 takes a free one.
    pub api: Option<SocketAddr>,
    /// Create and show a demo, allow loopback backends.
    pub dev: bool,
    /// Where to write the ready file.
    pub ready_file: Option<PathBuf>,
}

/// Everything the server is told. Unknown keys and wrong types stop the start.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Config {
    /// Directory of the store, the key file and the last good snapshot.
    pub(crate) data: PathBuf,
    /// Region name: also the name of the built-in project.
    pub(crate) region: String,
    /// Default subdomains are `<group_id>.apic.<domain_suffix>`.
    pub(crate) domain_suffix: String,
    /// The data plane.
    pub(crate) gateway: Gateway,
    /// The management plane.
    pub(crate) api: Api,
    /// The identity service.
    pub(crate) identity: Identity,
    /// Where functions answer: URN to URL.
    pub(crate) functions: BTreeMap<String, String>,
}

/// Settings of the data plane's listener.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Gateway {
    /// Where clients connect.
    pub(crate) address: SocketAddr,
    /// Threads, each with its own listener and pool; 0 is one per core.
    pub(crate) workers: usize,
    /// Where access records go.
    pub(crate) access_log: AccessLog,
    /// Proxies before the gateway, whose word about the source of a request is taken.
    pub(crate) trusted_proxies: TrustedProxies,
    /// Memory for request bodies in flight, in MiB, over all connections.
    pub(crate) body_memory_mib: u64,
    /// Calls by the default subdomain of a group in a day (UTC).
    pub(crate) subdomain_calls_per_day: u32,
    /// Seconds that in-flight requests may take after SIGTERM.
    pub(crate) drain_seconds: u64,
    /// Whether AppCodes are taken over cleartext HTTP.
    pub(crate) app_code_over_http: bool,
    /// Seconds for which an AppSecret holds after it was replaced.
    pub(crate) app_secret_overlap_seconds: u64,
}

/// Destination of access records.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AccessLog {
    /// Standard output.
    Stdout,
    /// This file, appended.
    File(PathBuf),
    /// Nowhere.
    Off,
}

/// Addresses, networks and ranges.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub(crate) struct TrustedProxies(pub(crate) AddressSet);

impl TryFrom<Vec<String>> for TrustedProxies {
    type Error = InvalidAddress;

    fn try_from(entries: Vec<String>) -> Result<Self, InvalidAddress> {
        AddressSet::parse(entries).map(Self)
    }
}

/// Settings of the management listener.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Api {
    /// Where SDKs, Terraform and operators connect.
    pub(crate) address: SocketAddr,
    /// How clients reach it when it stands behind a proxy; what the service catalog then names.
    pub(crate) base_url: Option<String>,
}

/// Settings of the identity service.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Identity {
    /// Whether a token is given for an access key with its secret key in the body (method `hw_ak_sk`).
    pub(crate) secret_key_login: bool,
    /// Seconds for which tokens are made with one key.
    pub(crate) token_key_rotation_seconds: NonZeroU64,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            data: PathBuf::from("countersign-data"),
            region: "local-1".to_owned(),
            domain_suffix: "localhost".to_owned(),
            gateway: Gateway::default(),
            api: Api::default(),
            identity: Identity::default(),
            functions: BTreeMap::new(),
        }
    }
}

impl Default for Gateway {
    fn default() -> Self {
        Self {
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            workers: 0,
            access_log: AccessLog::Stdout,
            trusted_proxies: TrustedProxies::default(),
            body_memory_mib: 256,
            subdomain_calls_per_day: 1_000,
            drain_seconds: 30,
            app_code_over_http: false,
            app_secret_overlap_seconds: 0,
        }
    }
}

impl Default for Api {
    fn default() -> Self {
        Self { address: SocketAddr::from((Ipv4Addr::LOCALHOST, 8081)), base_url: None }
    }
}

impl Default for Identity {
    fn default() -> Self {
        Self { secret_key_login: true, token_key_rotation_seconds: A_DAY }
    }
}

impl Config {
    /// The file (or the defaults) with the command line on top.
    ///
    /// # Errors
    /// When the file cannot be read or is not a valid configuration.
    pub(crate) fn load(options: &Options) -> anyhow::Result<Self> {
        let mut config = options.config.as_deref().map_or_else(|| Ok(Self::default()), Self::read)?;
        if let Some(data) = &options.data {
            config.data.clone_from(data);
        }
        config.gateway.address = options.gateway.unwrap_or(config.gateway.address);
        config.api.address = options.api.unwrap_or(config.api.address);
        Ok(config)
    }

    fn read(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read the configuration {}", path.display()))?;
        toml::from_str(&text).with_context(|| format!("{} is not a valid configuration", path.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_keys_and_wrong_types_stop_the_start() {
        for text in [
            "regoin = 'x'",
            "[gateway]\nworkers = 'two'",
            "[gateway]\naccess_log = 'sometimes'",
            "[gateway]\ntrusted_proxies = ['10.0.0.0/8', 'proxy.example.com']",
            "[api]\nport = 1",
            "[identity]\ntoken_key_rotation_seconds = 0",
            "[identity]\nsecret_key_login = 1",
        ] {
            assert!(toml::from_str::<Config>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn every_documented_key_is_read() {
        let config: Config = toml::from_str(include_str!("../../../docs/countersign.toml")).unwrap();
        assert_eq!(config, Config::default());
    }

    #[test]
    fn the_command_line_wins_over_the_file() {
        let options = Options { api: Some(([127, 0, 0, 1], 0).into()), ..Options::default() };
        assert_eq!(Config::load(&options).unwrap().api.address.port(), 0);
    }
}
