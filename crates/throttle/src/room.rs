//! How much all tables together may hold.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// Places for subjects, over all tables that share it.
#[derive(Debug)]
pub struct Room {
    free: AtomicUsize,
}

impl Room {
    /// Room for this many places of [`Room::PLACE_BYTES`] each; a table of many subjects has between one and six places
    /// for each of them.
    #[must_use]
    pub const fn new(places: usize) -> Self {
        Self { free: AtomicUsize::new(places) }
    }

    /// What one place takes, in bytes.
    pub const PLACE_BYTES: usize = crate::segment::PLACE_BYTES;

    /// Places that are not in use.
    #[must_use]
    pub fn free(&self) -> usize {
        self.free.load(Relaxed)
    }

    /// Whether there were that many; they are taken then.
    pub(crate) fn claim(&self, places: usize) -> bool {
        self.free.fetch_update(Relaxed, Relaxed, |free| free.checked_sub(places)).is_ok()
    }

    pub(crate) fn release(&self, places: usize) {
        self.free.fetch_add(places, Relaxed);
    }
}
