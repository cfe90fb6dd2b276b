//! A data directory and everything that works on it: store, vault, identity, control.

use crate::{
    administrator, clock,
    config::Config,
    counts::{GatewayCounts, GatewayRefusals},
    entropy,
    prober::GatewayProber,
    vault::{Creation, FileVault},
};
use anyhow::Context;
use axum::Router;
use countersign_api_identity::Site;
use countersign_control::{Control, Functions, Instance};
use countersign_identity::{Administrator, Bootstrap, Identity, Live};
use countersign_store::{Store, Vault};
use countersign_store_sqlite::Sqlite;
use std::{path::PathBuf, sync::Arc};

const ADMINISTRATOR_FILE: &str = "administrator.json";
const KEY_FILE: &str = "secret.key";
const SNAPSHOT_FILE: &str = "snapshot.sealed";

/// An opened data directory, bootstrapped.
pub(crate) struct Installation {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) vault: Arc<FileVault>,
    pub(crate) identity: Arc<Live>,
    pub(crate) control: Control,
    /// Sends the debugging calls of `control`.
    pub(crate) prober: Arc<GatewayProber>,
    /// What the gateway counted, for `control`.
    pub(crate) counts: Arc<GatewayCounts>,
    /// The refusals that the gateway diagnosed, for `control`.
    pub(crate) refusals: Arc<GatewayRefusals>,
    /// Account, project and administrator of the first start.
    pub(crate) bootstrap: Bootstrap,
    /// The built-in gateway.
    pub(crate) instance: Instance,
    /// The administrator's first credentials, unless the operator has deleted their file.
    pub(crate) administrator: Option<Administrator>,
    /// Where the last good snapshot is kept.
    pub(crate) snapshot_file: PathBuf,
}

impl Installation {
    /// Opens the directory, creating what a first start creates.
    ///
    /// # Errors
    /// When the directory is in use or damaged, or the key file does not fit; the message says what to do.
    pub(crate) fn open(config: &Config) -> anyhow::Result<Self> {
        let directory = &config.data;
        let store: Arc<dyn Store> = Arc::new(
            Sqlite::open(directory)
                .with_context(|| format!("cannot open the store in {}", directory.display()))?,
        );
        // As long as nothing is committed, nothing is sealed: only then may a missing key be replaced.
        let creation = if *store.watch().borrow() == 0 { Creation::Allowed } else { Creation::Refused };
        let vault = Arc::new(FileVault::open(&directory.join(KEY_FILE), creation)?);
        let identity = Identity {
            store: Arc::clone(&store),
            vault: Arc::clone(&vault) as Arc<dyn Vault>,
            now: clock::now,
            random: entropy::fill,
        };
        let prober = Arc::new(GatewayProber::default());
        let counts = Arc::new(GatewayCounts::default());
        let refusals = Arc::new(GatewayRefusals::default());
        let control = Control {
            store: Arc::clone(&store),
            now: clock::now,
            random: entropy::fill,
            vault: Arc::clone(&vault) as Arc<dyn Vault>,
            prober: Arc::clone(&prober) as Arc<_>,
            counts: Arc::clone(&counts) as Arc<_>,
            refusals: Arc::clone(&refusals) as Arc<_>,
            functions: Functions::new(config.functions.clone())
                .context("the table of functions is not usable")?,
            domain_suffix: config.domain_suffix.clone(),
            region: config.region.clone(),
            app_secret_overlap_seconds: config.gateway.app_secret_overlap_seconds,
        };
        control.fail_interrupted_tasks().context("cannot read the tasks")?;
        let administrator_file = directory.join(ADMINISTRATOR_FILE);
        let bootstrap = identity
            .bootstrap(&config.region, &|user_name, credentials| {
                administrator::save(&administrator_file, user_name, credentials)
            })
            .context("the first start failed")?;
        let instance = control.bootstrap_instance(&bootstrap.project.id).context("the first start failed")?;
        let identity = Arc::new(Live::open(identity).context("cannot read the identity records")?);
        Ok(Self {
            administrator: administrator::load(&administrator_file)?,
            snapshot_file: directory.join(SNAPSHOT_FILE),
            store,
            vault,
            identity,
            control,
            prober,
            counts,
            refusals,
            bootstrap,
            instance,
        })
    }

    /// The identity API on this installation's records.
    pub(crate) fn identity_api(&self, config: &Config) -> Router {
        let site = Site {
            region: config.region.clone(),
            base_url: config.api.base_url.clone(),
            secret_key_login: config.identity.secret_key_login,
        };
        countersign_api_identity::router(Arc::clone(&self.identity), site)
    }
}
