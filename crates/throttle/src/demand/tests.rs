use super::*;
use crate::{Begin, Room};
use proptest::prelude::*;
use std::{
    collections::HashMap,
    sync::{
        Arc, Barrier,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};

/// One API with its callers.
struct World {
    api: Counter,
    callers: Counters,
    period: Period,
}

impl World {
    /// `places` for callers; with few of them some callers share a count.
    fn new(seconds: u64, places: usize) -> Self {
        Self {
            api: Counter::default(),
            callers: Counters::new(Arc::new(Room::new(places))),
            period: Period::new(seconds, Begin::At(0)).unwrap(),
        }
    }

    fn demands(&self, caller: u64, (api, each): (u32, u32)) -> [Demand<'_>; 2] {
        let callers = Account::Of(&self.callers, subject(caller));
        let period = self.period;
        [
            Demand { account: callers, limit: each, period },
            Demand { account: Account::One(&self.api), limit: api, period },
        ]
    }
}

fn subject(number: u64) -> Subject {
    Subject::from_hash((number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// A call: who, and how many seconds after the one before.
#[derive(Debug, Clone, Copy)]
struct Call {
    caller: u64,
    pause: u64,
}

fn calls(most: usize) -> impl Strategy<Value = Vec<Call>> {
    let call = (0..4_u64, prop_oneof![4 => Just(0_u64), 1 => 1..4_u64]);
    proptest::collection::vec(call.prop_map(|(caller, pause)| Call { caller, pause }), 1..most)
}

/// A limit for the API and one for each caller, which may be the larger one: special limits are kept within the
/// API's by both being asked.
fn limits() -> impl Strategy<Value = (u32, u32)> {
    (0..8_u32, 0..8_u32)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn one_after_the_other_exactly_those_calls_pass_that_a_plain_counter_lets_pass(
        calls in calls(40), limits in limits(), seconds in 1..5_u64,
    ) {
        let world = World::new(seconds, 1 << 16);
        let (mut of_api, mut of_caller) = (HashMap::<u64, u32>::new(), HashMap::<(u64, u64), u32>::new());
        let mut now = 1_000;
        for Call { caller, pause } in calls {
            now += pause;
            let window = now / seconds;
            let api = of_api.entry(window).or_default();
            let each = of_caller.entry((window, caller)).or_default();
            let passes = *api < limits.0 && *each < limits.1;
            prop_assert_eq!(take(&world.demands(caller, limits), now).is_ok(), passes);
            *api += u32::from(passes);
            *each += u32::from(passes);
        }
    }

    #[test]
    fn several_threads_never_pass_a_limit_in_any_window_and_refused_calls_leave_nothing_behind(
        threads in proptest::collection::vec(calls(12), 2..4), limits in limits(), seconds in 1..5_u64,
        places in prop_oneof![Just(1_usize << 16), Just(64)],
    ) {
        let world = World::new(seconds, places);
        let (clock, start) = (AtomicU64::new(1_000), Barrier::new(threads.len()));
        let admitted = thread::scope(|scope| {
            let run = |calls: &Vec<Call>| {
                let calls = calls.clone();
                let (world, clock, start) = (&world, &clock, &start);
                scope.spawn(move || {
                    start.wait();
                    let mut admitted = Vec::new();
                    for Call { caller, pause } in calls {
                        let now = clock.fetch_add(pause, Ordering::SeqCst) + pause;
                        if let Ok(standings) = take(&world.demands(caller, limits), now) {
                            admitted.push((caller, standings[0].end, standings[1].end));
                        }
                    }
                    admitted
                })
            };
            let running: Vec<_> = threads.iter().map(run).collect();
            running.into_iter().flat_map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
        });
        let (mut of_api, mut of_caller) = (HashMap::<u64, u32>::new(), HashMap::<(u64, u64), u32>::new());
        for (caller, caller_end, api_end) in admitted {
            *of_api.entry(api_end).or_default() += 1;
            *of_caller.entry((caller_end, caller)).or_default() += 1;
        }
        prop_assert!(of_api.values().all(|count| *count <= limits.0));
        prop_assert!(of_caller.values().all(|count| *count <= limits.1));
        let now = clock.load(Ordering::SeqCst);
        let standing = world.api.look(u32::MAX, world.period, now);
        prop_assert_eq!(standing.used, of_api.get(&standing.end).copied().unwrap_or(0));
    }

    #[test]
    fn of_calls_that_arrive_together_exactly_as_many_pass_as_the_limit_allows(
        threads in 2..4_usize, each in 1..6_u32, limit in 0..12_u32,
    ) {
        let world = World::new(1, 1 << 16);
        let start = Barrier::new(threads);
        let passed: u32 = thread::scope(|scope| {
            let run = |_| {
                scope.spawn(|| {
                    start.wait();
                    let demand = world.demands(7, (0, limit))[0];
                    (0..each).map(|_| u32::from(take(&[demand], 1_000).is_ok())).sum::<u32>()
                })
            };
            let running: Vec<_> = (0..threads).map(run).collect();
            running.into_iter().map(|thread| thread.join().unwrap()).sum()
        });
        prop_assert_eq!(passed, limit.min(each * threads as u32));
    }
}

#[test]
fn a_call_that_one_limit_refuses_does_not_count_against_the_others() {
    let world = World::new(60, 1 << 16);
    take(&world.demands(1, (10, 1)), 0).unwrap();
    let refused = take(&world.demands(1, (10, 1)), 0).unwrap_err();
    assert_eq!((refused.position, refused.standing.end), (0, 60));
    assert_eq!(world.api.look(10, world.period, 0).used, 1);
    take(&world.demands(2, (10, 1)), 0).unwrap();
    assert_eq!(world.api.look(10, world.period, 0).used, 2);
}

#[test]
fn foreseeing_counts_nothing() {
    let world = World::new(60, 1 << 16);
    for _ in 0..5 {
        foresee(&world.demands(1, (1, 1)), 0).unwrap();
    }
    assert_eq!(take(&world.demands(1, (1, 1)), 0).unwrap().as_slice()[1].remaining(), 0);
    assert_eq!(foresee(&world.demands(2, (1, 1)), 0).unwrap_err().position, 1);
}

#[test]
fn a_quota_that_begins_with_its_first_call_is_one_more_demand() {
    let (quota, period) = (Counter::default(), Period::new(100, Begin::FirstCall).unwrap());
    let demand = Demand { account: Account::One(&quota), limit: 1, period };
    assert_eq!(take(&[demand], 1_234).unwrap()[0].end, 1_334);
    assert!(take(&[demand], 1_333).is_err());
    assert_eq!(take(&[demand], 1_400).unwrap()[0].end, 1_500);
}
