//! Password guessing: an account is closed to the source that guesses, for a while, and to nobody else.

use countersign_types::Timestamp;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// Wrong passwords within [`SECONDS`] that close the account to their source.
const FAILURES_MAX: u32 = 5;
/// How long failures are remembered, and how long the account stays closed.
const SECONDS: u64 = 15 * 60;
/// Most pairs of account and source that are remembered; the longest known is forgotten first.
const ENTRIES_MAX: usize = 10_000;

/// Who was guessed at, and from where.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Attempt {
    /// One spelling per account, whether it exists or not.
    pub(crate) account: String,
    /// Address of the client.
    pub(crate) source: IpAddr,
}

/// The failures of the last quarter of an hour.
#[derive(Default)]
pub(crate) struct Lockout(Mutex<HashMap<Attempt, Failures>>);

#[derive(Clone, Copy)]
struct Failures {
    since: Timestamp,
    count: u32,
}

impl Lockout {
    /// Whether this attempt is refused whatever the password.
    pub(crate) fn is_closed(&self, attempt: &Attempt, now: Timestamp) -> bool {
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.get(attempt).is_some_and(|failures| failures.count >= FAILURES_MAX && failures.is_recent(now))
    }

    /// Counts a wrong password. The period starts anew with the failure that closes the account.
    pub(crate) fn fail(&self, attempt: Attempt, now: Timestamp) {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        make_room(&mut entries, now);
        let failures = entries.entry(attempt).or_insert(Failures { since: now, count: 0 });
        if !failures.is_recent(now) {
            *failures = Failures { since: now, count: 0 };
        }
        failures.count += 1;
        if failures.count == FAILURES_MAX {
            failures.since = now;
        }
    }

    /// Forgets the failures after a right password.
    pub(crate) fn succeed(&self, attempt: &Attempt) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(attempt);
    }
}

impl Failures {
    const fn is_recent(&self, now: Timestamp) -> bool {
        now.unix() < self.since.unix() + SECONDS
    }
}

fn make_room(entries: &mut HashMap<Attempt, Failures>, now: Timestamp) {
    if entries.len() < ENTRIES_MAX {
        return;
    }
    entries.retain(|_, failures| failures.is_recent(now));
    if entries.len() < ENTRIES_MAX {
        return;
    }
    let oldest =
        entries.iter().min_by_key(|(_, failures)| failures.since).map(|(attempt, _)| attempt.clone());
    if let Some(oldest) = oldest {
        entries.remove(&oldest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attempt(account: &str, last: u8) -> Attempt {
        Attempt { account: account.into(), source: IpAddr::from([127, 0, 0, last]) }
    }

    fn fail(lockout: &Lockout, attempt: &Attempt, times: u32, now: u64) {
        for _ in 0..times {
            lockout.fail(attempt.clone(), Timestamp::from_unix(now));
        }
    }

    fn is_closed(lockout: &Lockout, attempt: &Attempt, now: u64) -> bool {
        lockout.is_closed(attempt, Timestamp::from_unix(now))
    }

    #[test]
    fn five_failures_close_the_account_for_a_quarter_of_an_hour() {
        let lockout = Lockout::default();
        let attempt = attempt("ada", 1);
        fail(&lockout, &attempt, 4, 0);
        assert!(!is_closed(&lockout, &attempt, 100));
        fail(&lockout, &attempt, 1, 100);
        assert!(is_closed(&lockout, &attempt, 100 + SECONDS - 1));
        assert!(!is_closed(&lockout, &attempt, 100 + SECONDS));
    }

    #[test]
    fn another_source_and_another_account_stay_open() {
        let lockout = Lockout::default();
        fail(&lockout, &attempt("ada", 1), 5, 0);
        assert!(!is_closed(&lockout, &attempt("ada", 2), 0));
        assert!(!is_closed(&lockout, &attempt("bob", 1), 0));
    }

    #[test]
    fn failures_spread_over_more_than_the_period_do_not_add_up() {
        let lockout = Lockout::default();
        let attempt = attempt("ada", 1);
        fail(&lockout, &attempt, 4, 0);
        fail(&lockout, &attempt, 4, SECONDS);
        assert!(!is_closed(&lockout, &attempt, SECONDS));
    }

    #[test]
    fn a_right_password_forgets_the_failures() {
        let lockout = Lockout::default();
        let attempt = attempt("ada", 1);
        fail(&lockout, &attempt, 4, 0);
        lockout.succeed(&attempt);
        fail(&lockout, &attempt, 4, 0);
        assert!(!is_closed(&lockout, &attempt, 0));
    }

    #[test]
    fn memory_is_bounded() {
        let lockout = Lockout::default();
        for number in 0..=ENTRIES_MAX {
            fail(&lockout, &attempt(&number.to_string(), 1), 1, number as u64 / 100);
        }
        assert_eq!(lockout.0.lock().unwrap().len(), ENTRIES_MAX);
    }
}
