use super::*;
use crate::authorizer::Context;
use std::{
    cell::Cell,
    future::poll_fn,
    pin::pin,
    task::{Context as Task, Poll, Waker},
};

const TTL: u64 = 60;

fn at(seconds: u64) -> Moment {
    Moment { now: Timestamp::from_unix(seconds), ttl_seconds: TTL }
}

fn key(version: u128, who: u8) -> Key {
    Key { version, identities: [who; 32] }
}

fn verdict(allows: bool, text: &str) -> Verdict {
    Verdict { allows, context: Rc::new(Context::new(vec![("a".into(), text.into())]).unwrap()) }
}

/// Polls once: nothing in these tests waits for anything but another call.
fn poll<F: Future>(future: std::pin::Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Task::from_waker(Waker::noop()))
}

fn now<F: Future>(future: F) -> F::Output {
    match poll(pin!(future)) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("it waits"),
    }
}

/// Asks once and says how often it was asked.
fn recall(cache: &Cache, key: Key, moment: Moment, outcome: Outcome) -> (Outcome, usize) {
    let asked = Cell::new(0);
    let found = now(cache.recall(key, moment, async {
        asked.set(asked.get() + 1);
        outcome
    }));
    (found, asked.get())
}

#[test]
fn a_verdict_holds_for_its_time_whatever_it_is() {
    for allows in [true, false] {
        let (cache, first, second) = (Cache::default(), verdict(allows, "1"), verdict(!allows, "2"));
        assert_eq!(recall(&cache, key(1, 1), at(100), Ok(first.clone())), (Ok(first.clone()), 1));
        assert_eq!(recall(&cache, key(1, 1), at(159), Ok(second.clone())), (Ok(first), 0));
        assert_eq!(recall(&cache, key(1, 1), at(160), Ok(second.clone())), (Ok(second), 1));
    }
}

#[test]
fn a_clock_that_was_set_back_asks_again() {
    let cache = Cache::default();
    recall(&cache, key(1, 1), at(100), Ok(verdict(true, ""))).0.unwrap();
    assert_eq!(recall(&cache, key(1, 1), at(99), Ok(verdict(false, ""))).1, 1);
}

#[test]
fn another_identity_and_a_changed_authorizer_ask_for_themselves() {
    let cache = Cache::default();
    recall(&cache, key(1, 1), at(100), Ok(verdict(true, ""))).0.unwrap();
    for other in [key(1, 2), key(2, 1)] {
        assert_eq!(recall(&cache, other, at(100), Ok(verdict(false, ""))), (Ok(verdict(false, "")), 1));
    }
}

#[test]
fn a_fault_is_not_remembered() {
    let (cache, fault) = (Cache::default(), Err(Fault::new("x")));
    assert_eq!(recall(&cache, key(1, 1), at(100), fault.clone()), (fault, 1));
    assert_eq!(recall(&cache, key(1, 1), at(100), Ok(verdict(true, ""))), (Ok(verdict(true, "")), 1));
    assert!(cache.asking.borrow().is_empty());
}

#[test]
fn of_calls_at_the_same_time_one_asks_and_all_share_what_it_learns() {
    for outcome in [Ok(verdict(false, "x")), Err(Fault::new("x"))] {
        let (cache, arrived) = (Cache::default(), Cell::new(false));
        let answer = poll_fn(|_| if arrived.get() { Poll::Ready(outcome.clone()) } else { Poll::Pending });
        let mut leader = pin!(cache.recall(key(1, 1), at(100), answer));
        let mut follower = pin!(cache.recall(key(1, 1), at(100), async { panic!("asked twice") }));
        assert!(poll(leader.as_mut()).is_pending() && poll(follower.as_mut()).is_pending());
        arrived.set(true);
        assert_eq!(poll(leader), Poll::Ready(outcome.clone()));
        assert_eq!(poll(follower), Poll::Ready(outcome.clone()));
    }
}

#[test]
fn who_leaves_in_the_middle_leaves_the_question_to_the_next() {
    let cache = Cache::default();
    let mut leader = Box::pin(cache.recall(key(1, 1), at(100), std::future::pending()));
    let mut follower = Box::pin(cache.recall(key(1, 1), at(100), async { Ok(verdict(true, "next")) }));
    assert!(poll(leader.as_mut()).is_pending() && poll(follower.as_mut()).is_pending());
    drop(leader);
    assert_eq!(poll(follower.as_mut()), Poll::Ready(Ok(verdict(true, "next"))));
    drop(follower);
    assert!(cache.asking.borrow().is_empty());
}

#[test]
fn memory_is_bounded_in_verdicts_and_in_bytes() {
    let mut known = Known::default();
    for number in 0..3 * VERDICTS_MAX {
        known.insert(key(number as u128, 1), &verdict(true, ""), at(100));
        assert!(known.young.len() <= VERDICTS_MAX && known.old.len() <= VERDICTS_MAX);
    }
    let large = verdict(true, &"x".repeat(60_000));
    for number in 0..1_000 {
        known.insert(key(number, 2), &large, at(100));
        assert!(known.young_bytes <= BYTES_MAX);
    }
    assert!(known.get(&key(999, 2), at(100).now).is_some() && known.get(&key(0, 2), at(100).now).is_none());
}

#[test]
fn asking_again_about_the_same_does_not_use_memory_up() {
    let mut known = Known::default();
    for _ in 0..1_000 {
        known.insert(key(1, 1), &verdict(true, &"x".repeat(60_000)), at(100));
    }
    assert_eq!((known.young.len(), known.old.len()), (1, 0));
}
