//! Counting calls: each worker for itself, handed over once a second, so that the line shares nothing.

use super::ledger::{ByApi, Calls, Ledger, Minute};
use countersign_types::{ApiId, InstanceId, Tally, Timestamp, Traffic};
use std::{
    cell::RefCell,
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError},
};

/// What the data plane counted of calls, by the minute. Clones share it, and stay valid after shutdown.
#[derive(Clone)]
pub struct CallBook {
    ledger: Arc<Mutex<Ledger>>,
    since: Minute,
}

/// The minute, since 1970, of a time.
pub(super) fn minute(time: Timestamp) -> Minute {
    time.unix() / 60
}

impl CallBook {
    pub(crate) fn begin(now: Timestamp) -> Self {
        Self { ledger: Arc::default(), since: minute(now) }
    }

    /// The first minute in which it counted.
    #[must_use]
    pub fn since(&self) -> u64 {
        self.since
    }

    /// Calls of these APIs together within the last hour, by minutes since 1970; a minute without calls is absent.
    #[must_use]
    pub fn calls(&self, apis: &[ApiId]) -> BTreeMap<u64, Tally> {
        self.open().calls(apis)
    }

    /// Traffic of the gateway within the last day, by minutes since 1970; a minute without calls is absent.
    #[must_use]
    pub fn traffic(&self, gateway: &InstanceId) -> BTreeMap<u64, Traffic> {
        self.open().traffic(gateway)
    }

    /// Additions are complete whenever the lock is free: nothing in between can panic.
    fn open(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The calls that one worker has not handed over yet: nearly always those of one minute.
pub(crate) struct CallCounter {
    book: CallBook,
    pending: RefCell<BTreeMap<Minute, ByApi>>,
}

impl CallCounter {
    pub(crate) fn new(book: CallBook) -> Self {
        Self { book, pending: RefCell::default() }
    }

    /// Counts a call of the API, which arrived then.
    pub(super) fn count(
        &self,
        arrived: Timestamp,
        (api, gateway): (&ApiId, &InstanceId),
        (tally, traffic): (&Tally, &Traffic),
    ) {
        let mut pending = self.pending.borrow_mut();
        let apis = pending.entry(minute(arrived)).or_default();
        match apis.get_mut(api) {
            Some(calls) => {
                calls.tally.add(tally);
                calls.traffic.add(traffic);
            }
            None => {
                let calls = Calls { gateway: gateway.clone(), tally: *tally, traffic: *traffic };
                apis.insert(api.clone(), calls);
            }
        }
    }

    /// Hands over what there is. A worker never waits: when somebody else has the book, the next second will do.
    pub(crate) fn on_tick(&self, now: Timestamp) {
        let now = minute(now);
        match self.book.ledger.try_lock() {
            Ok(ledger) => self.hand_over(ledger, now),
            Err(TryLockError::Poisoned(poisoned)) => self.hand_over(poisoned.into_inner(), now),
            Err(TryLockError::WouldBlock) => {}
        }
    }

    fn hand_over(&self, mut ledger: MutexGuard<'_, Ledger>, now: Minute) {
        let pending = std::mem::take(&mut *self.pending.borrow_mut());
        pending.into_iter().for_each(|(minute, calls)| ledger.enter(minute, calls));
        ledger.forget(now);
    }
}

/// The last calls of a worker that stops.
impl Drop for CallCounter {
    fn drop(&mut self) {
        let mut ledger = self.book.open();
        let pending = std::mem::take(self.pending.get_mut());
        pending.into_iter().for_each(|(minute, calls)| ledger.enter(minute, calls));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    const NOW: Timestamp = Timestamp::from_unix(5 * 60);

    #[test]
    fn a_worker_keeps_its_calls_while_somebody_reads_and_hands_them_over_later() {
        let (book, api) = (CallBook::begin(NOW), ApiId::parse("api").unwrap());
        let counter = CallCounter::new(book.clone());
        let gateway = InstanceId::parse("gateway").unwrap();
        let tally = Tally::of(404, Duration::ZERO, None, (1, 2));
        for _ in 0..3 {
            counter.count(NOW, (&api, &gateway), (&tally, &Traffic::default()));
        }
        let reading = book.open();
        counter.on_tick(NOW);
        drop(reading);
        let counted = || book.calls(std::slice::from_ref(&api)).get(&5).map(|tally| tally.status_4xx);
        assert_eq!(counted(), None);
        counter.on_tick(NOW);
        assert_eq!(counted(), Some(3));
        counter.count(NOW, (&api, &gateway), (&tally, &Traffic::default()));
        drop(counter);
        assert_eq!(counted(), Some(4));
    }
}
