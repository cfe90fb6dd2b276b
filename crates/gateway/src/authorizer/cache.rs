//! Verdicts that hold for a while, and the questions under way: of many calls with one identity, one asks.

use super::{Fault, Verdict, identity::Print};
use countersign_types::Timestamp;
use std::{
    cell::RefCell,
    collections::HashMap,
    rc::{Rc, Weak},
};
use tokio::sync::Mutex;

/// Verdicts of a generation. There are two: what was asked about lately, and what the one before held.
const VERDICTS_MAX: usize = 8 * 1024;
/// Their contexts together, in bytes.
const BYTES_MAX: usize = 8 * 1024 * 1024;

/// Whom a verdict is about. An authorizer that changed has another version, so that old verdicts are not found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub(super) version: u128,
    pub(super) identities: Print,
}

/// When a call came, and for how long a verdict holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    pub(super) now: Timestamp,
    pub(super) ttl_seconds: u64,
}

type Outcome = Result<Verdict, Fault>;
type Map<V> = HashMap<Key, V, foldhash::fast::RandomState>;
/// Held by the call that asks; the others wait for it and take over its outcome.
type Turn = Mutex<Option<Outcome>>;

/// What one worker remembers.
#[derive(Default)]
pub(crate) struct Cache {
    known: RefCell<Known>,
    asking: RefCell<Map<Weak<Turn>>>,
}

impl Cache {
    /// The verdict that still holds, or what `ask` finds out. Allowing and denying verdicts are remembered, faults
    /// are not; calls that wait for the same answer share it, whatever it is.
    pub(super) async fn recall(
        &self,
        key: Key,
        moment: Moment,
        ask: impl Future<Output = Outcome>,
    ) -> Outcome {
        if let Some(verdict) = self.known.borrow().get(&key, moment.now) {
            return Ok(verdict.clone());
        }
        let asking = Asking { turn: self.turn(key), key, cache: self };
        // Who leaves in the middle leaves nothing here: then the next in line asks.
        let mut shared = asking.turn.lock().await;
        if let Some(outcome) = &*shared {
            return outcome.clone();
        }
        let outcome = ask.await;
        if let Ok(verdict) = &outcome {
            self.known.borrow_mut().insert(key, verdict, moment);
        }
        *shared = Some(outcome.clone());
        outcome
    }

    fn turn(&self, key: Key) -> Rc<Turn> {
        let mut asking = self.asking.borrow_mut();
        let place = asking.entry(key).or_default();
        place.upgrade().unwrap_or_else(|| {
            let turn = Rc::default();
            *place = Rc::downgrade(&turn);
            turn
        })
    }
}

/// A call's share in a question; the last one takes the question away.
struct Asking<'c> {
    turn: Rc<Turn>,
    key: Key,
    cache: &'c Cache,
}

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        if Rc::strong_count(&self.turn) == 1 {
            self.cache.asking.borrow_mut().remove(&self.key);
        }
    }
}

/// Verdicts in two generations: when the younger one is full it becomes the older one, which is forgotten.
#[derive(Default)]
struct Known {
    young: Map<Entry>,
    old: Map<Entry>,
    young_bytes: usize,
}

struct Entry {
    verdict: Verdict,
    since: Timestamp,
    until: Timestamp,
}

impl Known {
    fn get(&self, key: &Key, now: Timestamp) -> Option<&Verdict> {
        let entry = self.young.get(key).or_else(|| self.old.get(key))?;
        // A clock that was set back does not make a verdict hold for longer.
        (entry.since <= now && now < entry.until).then_some(&entry.verdict)
    }

    fn insert(&mut self, key: Key, verdict: &Verdict, Moment { now, ttl_seconds }: Moment) {
        let bytes = verdict.context.bytes();
        if self.young.len() >= VERDICTS_MAX || self.young_bytes + bytes > BYTES_MAX {
            self.old = std::mem::take(&mut self.young);
            self.young_bytes = 0;
        }
        let until = Timestamp::from_unix(now.unix().saturating_add(ttl_seconds));
        let entry = Entry { verdict: verdict.clone(), since: now, until };
        let replaced = self.young.insert(key, entry).map_or(0, |entry| entry.verdict.context.bytes());
        self.young_bytes = (self.young_bytes + bytes).saturating_sub(replaced);
    }
}

#[cfg(test)]
mod tests;
