//! The count of one subject: end of its window and calls in it, in one atomic number.

use crate::{Period, Standing};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Bits of the count; the rest is the end of the window. The largest limit of the contract fits, 2^31 - 1.
const COUNT_BITS: u32 = 31;
const COUNT_MAX: u32 = (1 << COUNT_BITS) - 1;

/// The count of one subject. Nothing is ordered by it, so that all accesses are relaxed: one number is always seen in
/// one order.
#[derive(Debug, Default)]
pub struct Counter(AtomicU64);

#[derive(Clone, Copy)]
struct State {
    end: u64,
    used: u32,
}

impl State {
    const fn pack(self) -> u64 {
        (self.end << COUNT_BITS) | self.used as u64
    }

    /// What `packed` means at `now`: the window it speaks of, or a new one.
    fn read(packed: u64, period: Period, now: u64) -> Self {
        let (end, used) = (packed >> COUNT_BITS, (packed & u64::from(COUNT_MAX)) as u32);
        if period.stands(end, now) { Self { end, used } } else { Self { end: period.end(now), used: 0 } }
    }

    const fn standing(self, limit: u32) -> Standing {
        Standing { limit, used: self.used, end: self.end }
    }
}

impl Counter {
    /// How it stands, without counting.
    pub(crate) fn look(&self, limit: u32, period: Period, now: u64) -> Standing {
        State::read(self.0.load(Relaxed), period, now).standing(limit)
    }

    /// Counts a call; `Err` says how it stands when the limit is used up.
    pub(crate) fn take(&self, limit: u32, period: Period, now: u64) -> Result<Standing, Standing> {
        let limit = limit.min(COUNT_MAX);
        let mut packed = self.0.load(Relaxed);
        loop {
            let state = State::read(packed, period, now);
            if state.used >= limit {
                return Err(state.standing(limit));
            }
            let next = State { used: state.used + 1, ..state };
            match self.0.compare_exchange_weak(packed, next.pack(), Relaxed, Relaxed) {
                Ok(_) => return Ok(next.standing(limit)),
                Err(changed) => packed = changed,
            }
        }
    }

    /// Takes back one call that was counted in the window with this end; nothing is left of it when that is over.
    pub(crate) fn give_back(&self, end: u64) {
        let of_window = |packed: u64| packed >> COUNT_BITS == end && packed & u64::from(COUNT_MAX) > 0;
        // An error says that the window is over.
        let _over = self.0.fetch_update(Relaxed, Relaxed, |packed| of_window(packed).then(|| packed - 1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Begin;

    const MINUTE: Period = Period::new(60, Begin::At(0)).unwrap();

    #[test]
    fn the_largest_limit_fits_beside_the_latest_time() {
        let state = State { end: crate::period::TIME_MAX, used: COUNT_MAX };
        let read = State::read(state.pack(), MINUTE, crate::period::TIME_MAX - 1);
        assert_eq!((read.end, read.used), (state.end, state.used));
    }

    #[test]
    fn what_is_given_back_can_be_taken_again_and_another_window_is_left_alone() {
        let counter = Counter::default();
        let taken = counter.take(1, MINUTE, 0).unwrap();
        counter.give_back(taken.end);
        assert_eq!(counter.take(1, MINUTE, 1).unwrap().used, 1);
        assert_eq!(counter.take(1, MINUTE, 60).unwrap().end, 120);
        counter.give_back(taken.end);
        assert!(counter.take(1, MINUTE, 61).is_err());
    }

    #[test]
    fn a_lower_limit_acts_on_what_was_counted_before() {
        let counter = Counter::default();
        for _ in 0..5 {
            counter.take(10, MINUTE, 0).unwrap();
        }
        assert_eq!(counter.take(3, MINUTE, 0).unwrap_err().remaining(), 0);
        assert_eq!(counter.take(6, MINUTE, 0).unwrap().used, 6);
    }

    #[test]
    fn a_limit_of_nothing_admits_nothing() {
        assert!(Counter::default().take(0, MINUTE, 0).is_err());
    }
}
