//! The counts of many subjects that share their windows.

use crate::{
    Period, Room, Standing,
    page::Page,
    period::AHEAD_SECONDS_MAX,
    segment::{lower, raise},
};
use arc_swap::{ArcSwapOption, Guard};
use std::{
    num::NonZeroU64,
    sync::{Arc, atomic::Ordering::Relaxed},
};

/// Who is counted: a hash of it, made with a seed that nobody outside knows, so that nobody can choose to be taken for
/// somebody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject(pub(crate) NonZeroU64);

impl Subject {
    /// All 64 bits of the hash count.
    #[must_use]
    pub const fn from_hash(hash: u64) -> Self {
        match NonZeroU64::new(hash) {
            Some(hash) => Self(hash),
            None => Self(NonZeroU64::MIN),
        }
    }
}

/// The counts of many subjects. Memory grows with the subjects of the current window and goes with it.
#[derive(Debug)]
pub struct Counters {
    page: ArcSwapOption<Page>,
    room: Arc<Room>,
}

impl Counters {
    /// No subject yet; places come from this room.
    #[must_use]
    pub fn new(room: Arc<Room>) -> Self {
        Self { page: ArcSwapOption::empty(), room }
    }

    /// Frees the memory of a window that is over. Counting does it as well; this is for tables that nobody uses now. It
    /// waits until no thread can be that late: one that was would begin the window a second time.
    pub fn sweep(&self, now: u64) {
        let current = self.page.load();
        if current.as_ref().is_some_and(|page| page.end + AHEAD_SECONDS_MAX <= now) {
            self.page.compare_and_swap(&current, None);
        }
    }

    /// How the subject stands, without counting.
    pub(crate) fn look(&self, subject: Subject, limit: u32, period: Period, now: u64) -> Standing {
        let current = self.page.load();
        match current.as_deref().filter(|page| period.stands(page.end, now)) {
            Some(page) => {
                let used = page.find(subject).map_or(0, |count| count.load(Relaxed));
                Standing { limit, used, end: page.end }
            }
            None => Standing { limit, used: 0, end: period.end(now) },
        }
    }

    /// Counts a call; `Err` says how the subject stands when its limit is used up.
    pub(crate) fn take(
        &self,
        subject: Subject,
        limit: u32,
        period: Period,
        now: u64,
    ) -> Result<Standing, Standing> {
        loop {
            let current = self.page.load();
            if let Some(page) = current.as_deref().filter(|page| period.stands(page.end, now)) {
                let standing = |used| Standing { limit, used, end: page.end };
                return raise(page.count(subject), limit).map(standing).map_err(standing);
            }
            self.turn(&current, period.end(now));
        }
    }

    /// Begins a window in place of `current`, unless another thread has.
    fn turn(&self, current: &Guard<Option<Arc<Page>>>, end: u64) {
        let page = Arc::new(Page::new(end, Arc::clone(&self.room)));
        self.page.compare_and_swap(current, Some(page));
    }

    /// Takes back one call that was counted in the window with this end; nothing is left of it when that is over.
    pub(crate) fn give_back(&self, subject: Subject, end: u64) {
        let current = self.page.load();
        let page = current.as_deref().filter(|page| page.end == end);
        if let Some(count) = page.and_then(|page| page.find(subject)) {
            lower(count);
        }
    }
}

#[cfg(test)]
mod tests;
