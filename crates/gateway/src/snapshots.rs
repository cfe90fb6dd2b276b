//! The handle through which configuration reaches the line.

use crate::throttle::Ledgers;
use arc_swap::ArcSwapOption;
use countersign_snapshot::Snapshot;
use std::sync::{Arc, Mutex, PoisonError};

/// What all workers serve from; swapped as a whole, seen by the next request. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Snapshots {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    current: ArcSwapOption<Served>,
    /// Replaced snapshots that requests may still read. They are freed here, by the one who swaps: freeing a
    /// million keys on a request thread would stall its connections.
    retired: Mutex<Vec<Arc<Served>>>,
}

/// A snapshot with the counts of what it limits. The counts go on in the next one.
#[derive(Debug)]
pub(crate) struct Served {
    pub(crate) snapshot: Arc<Snapshot>,
    pub(crate) ledgers: Ledgers,
}

impl Snapshots {
    /// Serves from this snapshot from now on; requests under way finish with the one they began with.
    pub fn swap(&self, snapshot: Snapshot) {
        // Held throughout, so that of two who swap at once the second goes on with the counts of the first.
        let mut retired = self.shared.retired.lock().unwrap_or_else(PoisonError::into_inner);
        let ledgers = match self.served() {
            Some(served) => served.ledgers.for_snapshot(&snapshot),
            None => Ledgers::default().for_snapshot(&snapshot),
        };
        let served = Served { snapshot: Arc::new(snapshot), ledgers };
        retired.extend(self.shared.current.swap(Some(Arc::new(served))));
        retired.retain(|old| Arc::strong_count(old) > 1);
    }

    /// What is served now; `None` before the first swap.
    #[must_use]
    pub fn current(&self) -> Option<Arc<Snapshot>> {
        self.shared.current.load().as_ref().map(|served| Arc::clone(&served.snapshot))
    }

    pub(crate) fn served(&self) -> Option<Arc<Served>> {
        self.shared.current.load_full()
    }

    /// Whether this is still the current one; a plain load, so that workers need not touch the shared count.
    pub(crate) fn is_current(&self, known: Option<&Arc<Served>>) -> bool {
        let known = known.map_or(std::ptr::null(), Arc::as_ptr);
        std::ptr::eq(self.shared.current.load().as_ref().map_or(std::ptr::null(), Arc::as_ptr), known)
    }
}
