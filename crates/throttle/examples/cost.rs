//! What one decision costs: nanoseconds of CPU, as JSON on standard output.
//!
//! ```text
//! cargo run --release -p countersign-throttle --example cost
//! {"batches":15,"callers":1024,"one_limit_ns":{"min":…,"median":…},"one_of_many_ns":{…},"four_limits_ns":{…},…}
//! ```
//!
//! `one_limit` is an API without a policy, `four_limits` one with a limit of every kind; `refused` is a call that is
//! refused by the last of the four, `foreseen` one that is refused before its caller is known. Hashing the subjects is
//! part of it.

#![expect(clippy::print_stdout, reason = "the figures are the product")]

use countersign_cost::{BATCHES, measure};
use countersign_throttle::{Account, Begin, Counter, Counters, Demand, Period, Room, Subject, foresee, take};
use std::{
    hash::BuildHasher,
    hint::black_box,
    sync::{Arc, atomic::AtomicU32, atomic::Ordering},
};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROUNDS: usize = 100;
const CALLERS: usize = 1_024;
/// More than all rounds take.
const ENDLESS: u32 = i32::MAX as u32;
const NOW: u64 = 1_700_000_000;

/// An API with all that is counted for it.
struct Api {
    all: Counter,
    users: Counters,
    apps: Counters,
    addresses: Counters,
    hasher: foldhash::quality::RandomState,
    period: Period,
}

impl Api {
    fn new() -> Self {
        let room = Arc::new(Room::new(1 << 20));
        let counters = || Counters::new(Arc::clone(&room));
        Self {
            all: Counter::default(),
            users: counters(),
            apps: counters(),
            addresses: counters(),
            hasher: foldhash::quality::RandomState::default(),
            period: Period::new(24 * 60 * 60, Begin::At(0)).expect("a day is longer than nothing"),
        }
    }

    fn api(&self, limit: u32) -> Demand<'_> {
        Demand { account: Account::One(&self.all), limit, period: self.period }
    }

    fn one_of<'c>(&'c self, counters: &'c Counters, id: &str) -> Demand<'c> {
        let subject = Subject::from_hash(self.hasher.hash_one(id));
        Demand { account: Account::Of(counters, subject), limit: ENDLESS, period: self.period }
    }

    fn four(&self, id: &str, api: u32) -> [Demand<'_>; 4] {
        let of = |counters| self.one_of(counters, id);
        [of(&self.addresses), of(&self.users), of(&self.apps), self.api(api)]
    }
}

fn main() {
    let api = Api::new();
    let ids: Vec<String> = (0..CALLERS).map(|number| format!("{number:032x}")).collect();
    let admitted = AtomicU32::new(0);
    let note = |passes: bool| admitted.fetch_add(u32::from(passes), Ordering::Relaxed);
    let one = measure(&ids, ROUNDS, |_| {
        note(take(&[api.api(ENDLESS)], NOW).is_ok());
    });
    let many = measure(&ids, ROUNDS, |id| {
        note(take(&[api.one_of(&api.apps, id)], NOW).is_ok());
    });
    let four = measure(&ids, ROUNDS, |id| {
        note(take(&api.four(id, ENDLESS), NOW).is_ok());
    });
    let refused = measure(&ids, ROUNDS, |id| {
        note(take(&api.four(id, 0), NOW).is_ok());
    });
    let foreseen = measure(&ids, ROUNDS, |_| {
        black_box(foresee(&[api.api(0)], NOW)).expect_err("nothing is left");
    });
    black_box(admitted);
    println!(
        "{{\"batches\":{BATCHES},\"callers\":{CALLERS},\"one_limit_ns\":{one},\"one_of_many_ns\":{many},\
         \"four_limits_ns\":{four},\"refused_ns\":{refused},\"foreseen_ns\":{foreseen}}}"
    );
}
