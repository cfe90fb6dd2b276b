//! How many passwords are hashed at once, and how many may wait: each takes a core and 19 MiB.

use crate::Error;
use std::sync::{
    Condvar, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicU64, Ordering},
};
use std::thread;

/// Most requests that wait for their turn; one more is refused.
const WAITING_MAX: usize = 64;

/// Lets as many threads hash as there are cores to spare.
pub(crate) struct Pool {
    running_max: usize,
    state: Mutex<State>,
    turn: Condvar,
    done: AtomicU64,
}

#[derive(Default)]
struct State {
    running: usize,
    waiting: usize,
}

impl Pool {
    pub(crate) fn new() -> Self {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        Self {
            running_max: cores.saturating_sub(1).max(1),
            state: Mutex::default(),
            turn: Condvar::new(),
            done: AtomicU64::new(0),
        }
    }

    /// Runs `work` when it is its turn.
    ///
    /// # Errors
    /// [`Error::Busy`] when too many wait already.
    pub(crate) fn run<T>(&self, work: impl FnOnce() -> T) -> Result<T, Error> {
        let mut state = self.lock();
        if state.running >= self.running_max && state.waiting >= WAITING_MAX {
            return Err(Error::Busy);
        }
        state.waiting += 1;
        let full = |state: &mut State| state.running >= self.running_max;
        let mut state = self.turn.wait_while(state, full).unwrap_or_else(PoisonError::into_inner);
        state.waiting -= 1;
        state.running += 1;
        drop(state);
        let _running = Running(self);
        self.done.fetch_add(1, Ordering::Relaxed);
        Ok(work())
    }

    /// How much work was given a turn.
    pub(crate) fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Gives the turn on, also when the work panics.
struct Running<'a>(&'a Pool);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.lock().running -= 1;
        self.0.turn.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Barrier, atomic::AtomicUsize, mpsc};

    #[test]
    fn as_many_as_fit_run_the_next_wait_and_one_more_is_refused() {
        let pool = Pool { running_max: 1, ..Pool::new() };
        let (started, finish) = (Barrier::new(2), Barrier::new(2));
        let done = AtomicUsize::new(0);
        thread::scope(|scope| {
            scope.spawn(|| {
                pool.run(|| {
                    started.wait();
                    finish.wait();
                })
            });
            started.wait();
            let (waits, waiting) = mpsc::channel();
            for _ in 0..WAITING_MAX {
                let waits = waits.clone();
                let (pool, done) = (&pool, &done);
                scope.spawn(move || {
                    waits.send(()).unwrap();
                    pool.run(|| done.fetch_add(1, Ordering::Relaxed)).unwrap();
                });
            }
            assert_eq!(waiting.iter().take(WAITING_MAX).count(), WAITING_MAX);
            while pool.lock().waiting < WAITING_MAX {
                thread::yield_now();
            }
            assert!(matches!(pool.run(|| ()), Err(Error::Busy)));
            finish.wait();
        });
        assert_eq!(done.load(Ordering::Relaxed), WAITING_MAX);
    }

    #[test]
    fn work_that_panics_gives_its_turn_on() {
        let pool = Pool { running_max: 1, ..Pool::new() };
        let panicked =
            thread::scope(|scope| scope.spawn(|| pool.run(|| panic!("on purpose"))).join().is_err());
        assert!(panicked && pool.run(|| ()).is_ok());
    }
}
