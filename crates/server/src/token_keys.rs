//! Rotation of the keys that tokens are made with.

use crate::publisher::Publisher;
use anyhow::Context;
use countersign_identity::Live;
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;
use tracing::{error, info};

/// Pause after a rotation that failed, so that a store at fault is not asked without end.
const RETRY: Duration = Duration::from_secs(10);

/// Puts the staged key to use when the active one has been in use for the period.
pub(crate) struct Rotation {
    pub(crate) identity: Arc<Live>,
    pub(crate) publisher: Arc<Publisher>,
    pub(crate) period: Duration,
}

impl Rotation {
    /// Rotates until the publisher is gone. A restart does not put the next rotation off.
    pub(crate) async fn run(self) {
        let rotation = Arc::new(self);
        let mut published = rotation.publisher.published();
        loop {
            match rotation.next(&mut published).await {
                Ok(()) => info!("tokens are made with a new key"),
                Err(failure) => {
                    let error = format!("{failure:#}");
                    error!(error, "the token key was not rotated; the current one stays in use");
                    tokio::time::sleep(RETRY).await;
                }
            }
        }
    }

    async fn next(self: &Arc<Self>, published: &mut watch::Receiver<u64>) -> anyhow::Result<()> {
        let rotation = Arc::clone(self);
        let due = tokio::task::spawn_blocking(move || rotation.due()).await??;
        tokio::time::sleep(due).await;
        // The staged key makes no token that a gateway could not open yet.
        let directory = Arc::clone(&self.identity);
        let directory = tokio::task::spawn_blocking(move || directory.directory()).await??;
        let holds_all = |_: &u64| self.publisher.serves_keys_of(&directory);
        published.wait_for(holds_all).await.context("nothing is published any more")?;
        let identity = Arc::clone(&self.identity);
        Ok(tokio::task::spawn_blocking(move || identity.identity().rotate_token_keys()).await??)
    }

    /// How long the active key stays in use.
    fn due(&self) -> anyhow::Result<Duration> {
        let since = self.identity.identity().token_key_active_since()?;
        let used = self.identity.now().unix().saturating_sub(since.unix());
        Ok(self.period.saturating_sub(Duration::from_secs(used)))
    }
}
