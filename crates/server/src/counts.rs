//! What the gateway counted, for the management API.

use countersign_control::statistics::CallCounts;
use countersign_gateway::CallBook;
use countersign_types::{ApiId, InstanceId, Tally, Traffic};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The gateway's call book, once there is one.
#[derive(Default)]
pub(crate) struct GatewayCounts {
    book: OnceLock<CallBook>,
}

impl GatewayCounts {
    /// Tells what the gateway writes.
    pub(crate) fn set_book(&self, book: CallBook) {
        // A second gateway in one process does not exist.
        let _already_set = self.book.set(book);
    }
}

impl CallCounts for GatewayCounts {
    fn calls(&self, apis: &[ApiId]) -> BTreeMap<u64, Tally> {
        self.book.get().map(|book| book.calls(apis)).unwrap_or_default()
    }

    fn traffic(&self, gateway: &InstanceId) -> BTreeMap<u64, Traffic> {
        self.book.get().map(|book| book.traffic(gateway)).unwrap_or_default()
    }

    fn since(&self) -> Option<u64> {
        self.book.get().map(CallBook::since)
    }
}
