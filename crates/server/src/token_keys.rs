//! Rotation of the keys that tokens are made with.

use countersign_identity::Live;
use std::{sync::Arc, time::Duration};
use tracing::{error, info};

/// A token lives a day, so the key before the current one still opens every token that it made.
const PERIOD: Duration = Duration::from_secs(24 * 60 * 60);

/// Puts a new key to use once a day, counted from the start; it never returns.
pub(crate) async fn rotate_daily(identity: Arc<Live>) {
    loop {
        tokio::time::sleep(PERIOD).await;
        let identity = Arc::clone(&identity);
        let rotation = tokio::task::spawn_blocking(move || identity.identity().rotate_token_keys()).await;
        match rotation.map_err(anyhow::Error::from).and_then(|done| done.map_err(anyhow::Error::from)) {
            Ok(()) => info!("tokens are made with a new key"),
            Err(failure) => error!(%failure, "the token key was not rotated; the current one stays in use"),
        }
    }
}
