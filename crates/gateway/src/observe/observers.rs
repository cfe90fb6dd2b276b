//! Where one worker's observations go.

use super::{access_log::LogBuffer, calls::CallBook, meters::Meters};
use countersign_types::Timestamp;
use std::sync::Arc;

/// Records, counters and statistics of one worker.
pub(crate) struct Observers {
    pub(crate) log: LogBuffer,
    pub(crate) meters: Arc<Meters>,
    pub(crate) calls: CallBook,
}

impl Observers {
    /// Ones that nobody will ask.
    pub(crate) fn unread(now: Timestamp) -> Self {
        let meters = Arc::new(Meters::default());
        Self { log: LogBuffer::silent(Arc::clone(&meters)), meters, calls: CallBook::begin(now) }
    }
}
