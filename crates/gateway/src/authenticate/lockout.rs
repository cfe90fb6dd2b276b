//! The failure lock: who keeps signing wrongly with an access key from one address is not listened to for a while.
//!
//! More than five failures in a row lock the pair of key and address, and no other: nobody can lock another's key out.
//! Only keys that exist are counted, so that made-up ones cost nothing, and the table has a fixed size: a flood of
//! addresses only makes it forget. All workers share it; a slot is one word, changed by compare-and-swap.

use countersign_types::Timestamp;
use foldhash::quality::RandomState;
use std::{
    hash::BuildHasher,
    net::IpAddr,
    sync::atomic::{AtomicU64, Ordering},
};

/// Failures in a row that are borne; one more locks.
const FAILURES_BORNE: u64 = 5;
/// Seconds for which a pair stays locked, and after which failures are forgotten.
const SECONDS: u32 = 300;

/// Pairs are remembered in rows of neighbors, of which the longest silent one gives way.
const ROWS: usize = 1 << 14;
const NEIGHBORS: usize = 4;

/// Consecutive failures by access key and source address.
pub(crate) struct Lockout {
    hasher: RandomState,
    rows: Box<[[AtomicU64; NEIGHBORS]]>,
}

/// What is remembered of one pair: seconds of the last failure (32 bits), mark of the pair (29), failures (3). A word of
/// 0 is a free slot: marks are not 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Slot(u64);

/// One attempt to sign, which is to be reported on.
#[derive(Clone, Copy)]
pub(super) struct Attempt<'l> {
    row: &'l [AtomicU64; NEIGHBORS],
    mark: u64,
    now: u32,
}

impl Default for Lockout {
    fn default() -> Self {
        let row = || std::array::from_fn(|_| AtomicU64::new(0));
        Self { hasher: RandomState::default(), rows: std::iter::repeat_with(row).take(ROWS).collect() }
    }
}

impl Lockout {
    /// An attempt with a key that exists; `None` while the pair is locked.
    pub(super) fn attempt(&self, access_key: &str, source: IpAddr, now: Timestamp) -> Option<Attempt<'_>> {
        let hash = self.hasher.hash_one((access_key, source));
        let index = usize::try_from(hash % ROWS as u64).unwrap_or(0);
        let row = self.rows.get(index)?;
        // The high bits: the low ones are the same for the whole row.
        let mark = (hash >> (64 - Slot::MARK_BITS)).max(1);
        let attempt = Attempt { row, mark, now: Slot::seconds(now) };
        let locked = |slot: Slot| slot.is_live_of(attempt) && slot.failures() > FAILURES_BORNE;
        (!attempt.slots().any(locked)).then_some(attempt)
    }
}

impl Attempt<'_> {
    fn slots(&self) -> impl Iterator<Item = Slot> {
        self.row.iter().map(|slot| Slot(slot.load(Ordering::Relaxed)))
    }

    /// The signature was good: earlier failures are forgiven.
    pub(super) fn succeeded(self) {
        for slot in self.row {
            let seen = Slot(slot.load(Ordering::Relaxed));
            if seen.mark() == self.mark {
                // When another worker was faster, its failure came after this success.
                let _ = slot.compare_exchange(seen.0, 0, Ordering::Relaxed, Ordering::Relaxed);
            }
        }
    }

    /// The signature was wrong.
    pub(super) fn failed(self) {
        while let Some((slot, seen)) = self.place() {
            let earlier = if seen.is_live_of(self) { seen.failures() } else { 0 };
            let counted = Slot::new(self.now, self.mark, (earlier + 1).min(FAILURES_BORNE + 1));
            if slot.compare_exchange(seen.0, counted.0, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
                return;
            }
        }
    }

    /// The pair's slot, else the one that has been silent longest.
    fn place(&self) -> Option<(&AtomicU64, Slot)> {
        let slots = self.row.iter().map(|slot| (slot, Slot(slot.load(Ordering::Relaxed))));
        slots.max_by_key(|(_, seen)| (seen.mark() == self.mark, seen.age(self.now)))
    }
}

impl Slot {
    const FAILURE_BITS: u32 = 3;
    const MARK_BITS: u32 = 29;

    fn new(seconds: u32, mark: u64, failures: u64) -> Self {
        Self(u64::from(seconds) << 32 | mark << Self::FAILURE_BITS | failures)
    }

    fn seconds(time: Timestamp) -> u32 {
        u32::try_from(time.unix()).unwrap_or(0)
    }

    fn mark(self) -> u64 {
        self.0 >> Self::FAILURE_BITS & ((1 << Self::MARK_BITS) - 1)
    }

    fn failures(self) -> u64 {
        self.0 & ((1 << Self::FAILURE_BITS) - 1)
    }

    /// Seconds since the last failure. A clock that was set back makes everything old rather than locked for long.
    fn age(self, now: u32) -> u32 {
        now.wrapping_sub(u32::try_from(self.0 >> 32).unwrap_or(0))
    }

    /// Whether it is about that pair and still counts.
    fn is_live_of(self, attempt: Attempt<'_>) -> bool {
        self.mark() == attempt.mark && self.age(attempt.now) < SECONDS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));
    const THERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 2));

    fn at(seconds: u64) -> Timestamp {
        Timestamp::from_unix(1_700_000_000 + seconds)
    }

    fn fail(lockout: &Lockout, times: usize, source: IpAddr, now: u64) {
        for _ in 0..times {
            lockout.attempt("key", source, at(now)).unwrap().failed();
        }
    }

    fn is_locked(lockout: &Lockout, key: &str, source: IpAddr, now: u64) -> bool {
        lockout.attempt(key, source, at(now)).is_none()
    }

    #[test]
    fn the_sixth_failure_in_a_row_locks_for_five_minutes() {
        let lockout = Lockout::default();
        fail(&lockout, 5, HERE, 0);
        assert!(!is_locked(&lockout, "key", HERE, 0));
        fail(&lockout, 1, HERE, 10);
        assert!(is_locked(&lockout, "key", HERE, 10) && is_locked(&lockout, "key", HERE, 309));
        assert!(!is_locked(&lockout, "key", HERE, 310));
        fail(&lockout, 5, HERE, 310);
        assert!(!is_locked(&lockout, "key", HERE, 310), "the count began anew");
    }

    #[test]
    fn only_the_pair_of_key_and_source_is_locked() {
        let lockout = Lockout::default();
        fail(&lockout, 6, HERE, 0);
        assert!(is_locked(&lockout, "key", HERE, 0));
        assert!(!is_locked(&lockout, "key", THERE, 0) && !is_locked(&lockout, "other", HERE, 0));
    }

    #[test]
    fn a_success_or_five_quiet_minutes_forgive() {
        let lockout = Lockout::default();
        fail(&lockout, 5, HERE, 0);
        lockout.attempt("key", HERE, at(1)).unwrap().succeeded();
        fail(&lockout, 5, HERE, 2);
        assert!(!is_locked(&lockout, "key", HERE, 2));
        fail(&lockout, 5, HERE, 302);
        assert!(!is_locked(&lockout, "key", HERE, 302));
    }

    #[test]
    fn a_clock_that_is_set_back_locks_nobody_for_long() {
        let lockout = Lockout::default();
        fail(&lockout, 6, HERE, 100_000);
        assert!(!is_locked(&lockout, "key", HERE, 0));
    }

    #[test]
    fn a_flood_of_sources_leaves_the_table_as_large_as_it_was_and_still_locks() {
        let lockout = Lockout::default();
        for number in 0..300_000_u32 {
            lockout.attempt("key", IpAddr::from(number.to_be_bytes()), at(0)).unwrap().failed();
        }
        fail(&lockout, 6, HERE, 1);
        assert!(is_locked(&lockout, "key", HERE, 1));
    }

    #[test]
    fn failures_on_all_workers_count_together() {
        let lockout = Lockout::default();
        std::thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| lockout.attempt("key", HERE, at(0)).unwrap().failed());
            }
        });
        assert!(is_locked(&lockout, "key", HERE, 0));
    }
}
