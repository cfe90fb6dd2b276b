//! Writing down when access keys and passwords were last used.

use countersign_identity::Live;
use std::{sync::Arc, time::Duration};
use tracing::error;

const PERIOD: Duration = Duration::from_secs(60 * 60);

/// Writes once an hour; it never returns.
pub(crate) async fn write_hourly(identity: Arc<Live>) {
    loop {
        tokio::time::sleep(PERIOD).await;
        write(&identity).await;
    }
}

/// Writes what was noted since the last time.
pub(crate) async fn write(identity: &Arc<Live>) {
    let identity = Arc::clone(identity);
    let written = tokio::task::spawn_blocking(move || identity.write_uses()).await;
    if let Err(failure) = written.map_err(anyhow::Error::from).and_then(|done| done.map_err(Into::into)) {
        error!(%failure, "the last uses of access keys were not written down; they stay in memory");
    }
}
