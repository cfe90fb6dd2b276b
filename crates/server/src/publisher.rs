//! From the store to the data plane: compile at every commit, swap, keep the last good snapshot on disk.

use crate::{callers::callers, snapshot_file, vault::FileVault};
use anyhow::Context;
use countersign_control::Control;
use countersign_gateway::Snapshots;
use countersign_identity::{Directory, Live};
use countersign_snapshot::{Snapshot, Source};
use std::{path::PathBuf, sync::Arc};
use tokio::sync::watch;
use tracing::{error, info, warn};

/// Everything a new snapshot is made of and goes to.
pub(crate) struct Publisher {
    pub(crate) control: Control,
    pub(crate) identity: Arc<Live>,
    pub(crate) vault: Arc<FileVault>,
    pub(crate) snapshots: Snapshots,
    /// Where the last good snapshot is kept.
    pub(crate) file: PathBuf,
    /// Revision of the snapshot that serves.
    pub(crate) published: watch::Sender<u64>,
}

impl Publisher {
    /// Serves what the store holds, or the last good snapshot when that does not compile.
    ///
    /// # Errors
    /// When neither can be served.
    pub(crate) fn publish_at_start(&self) -> anyhow::Result<()> {
        let Err(failure) = self.publish() else { return Ok(()) };
        let Some(source) = snapshot_file::load(&self.file, &self.vault)? else { return Err(failure) };
        error!(error = format!("{failure:#}"), revision = source.revision, "serving the last good snapshot");
        self.snapshots.swap(Snapshot::compile(&source)?);
        Ok(())
    }

    /// Publishes after every commit until the store is gone. A snapshot that does not compile is reported and the
    /// previous one keeps serving.
    pub(crate) async fn run(self: Arc<Self>, mut revisions: watch::Receiver<u64>) {
        while revisions.changed().await.is_ok() {
            let publisher = Arc::clone(&self);
            match tokio::task::spawn_blocking(move || publisher.publish()).await {
                Ok(Ok(())) => {}
                Ok(Err(failure)) => {
                    error!(
                        error = format!("{failure:#}"),
                        "the new configuration was refused; the last good one keeps serving"
                    );
                }
                Err(panicked) => {
                    error!(%panicked, "publishing was interrupted; the last good configuration keeps serving");
                }
            }
        }
    }

    /// Follows the revision of the snapshot that serves.
    pub(crate) fn published(&self) -> watch::Receiver<u64> {
        self.published.subscribe()
    }

    /// Whether the data plane opens whatever is made with any of the directory's token keys.
    pub(crate) fn serves_keys_of(&self, directory: &Directory) -> bool {
        let Some(snapshot) = self.snapshots.current() else { return false };
        let served = snapshot.principals().opening_keys();
        directory.opening_keys().iter().all(|key| served.holds(key.id()))
    }

    fn publish(&self) -> anyhow::Result<()> {
        let directory = self.identity.directory().context("cannot read the identity records")?;
        let callers = callers(&self.identity, &directory)?;
        let source = self.control.compile(callers).context("cannot read the configuration")?;
        self.snapshots.swap(self.compile(&source).context("the configuration is not valid")?);
        self.published.send_replace(source.revision);
        self.keep(&source);
        info!(revision = source.revision, "serving");
        Ok(())
    }

    /// Shares with the current snapshot what did not change since.
    fn compile(&self, source: &Source) -> Result<Snapshot, countersign_snapshot::Error> {
        match self.snapshots.current() {
            Some(current) => Snapshot::recompile(&current, source),
            None => Snapshot::compile(source),
        }
    }

    /// A full disk must not stop a change from taking effect: it is reported, and the older file stays.
    fn keep(&self, source: &Source) {
        if let Err(failure) = snapshot_file::save(&self.file, &self.vault, source) {
            warn!(error = format!("{failure:#}"), "the last good snapshot could not be kept on disk");
        }
    }
}
