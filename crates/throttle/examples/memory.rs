//! What one app costs in memory when a million of them call within one window: bytes, as JSON on standard output.
//!
//! ```text
//! cargo run --release -p countersign-throttle --example memory
//! {"apps":1000000,"table_bytes_per_app":…,"resident_bytes_per_app":…}
//! ```
//!
//! The table's own account stands beside what the system says of the process.

#![expect(clippy::print_stdout, reason = "the figures are the product")]

use countersign_throttle::{Account, Begin, Counters, Demand, Period, Room, Subject, take};
use std::{hash::BuildHasher, sync::Arc};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const APPS: u64 = 1_000_000;
const PLACES: usize = 8 << 20;
const PAGE_BYTES: u64 = 4_096;

fn main() {
    let room = Arc::new(Room::new(PLACES));
    let apps = Counters::new(Arc::clone(&room));
    let hasher = foldhash::quality::RandomState::default();
    let period = Period::new(60, Begin::At(0)).expect("a minute is longer than nothing");
    let before = resident_bytes();
    for app in 0..APPS {
        let account = Account::Of(&apps, Subject::from_hash(hasher.hash_one(app)));
        take(&[Demand { account, limit: 1, period }], 0).expect("the first call of everybody passes");
    }
    let table = ((PLACES - room.free()) * Room::PLACE_BYTES) as u64 / APPS;
    let resident = resident_bytes().saturating_sub(before) / APPS;
    apps.sweep(10 * 60);
    assert_eq!(room.free(), PLACES, "everything is given back");
    println!("{{\"apps\":{APPS},\"table_bytes_per_app\":{table},\"resident_bytes_per_app\":{resident}}}");
}

/// What the process holds in memory.
fn resident_bytes() -> u64 {
    let account = std::fs::read_to_string("/proc/self/statm").expect("this needs Linux");
    let pages: u64 =
        account.split(' ').nth(1).and_then(|pages| pages.parse().ok()).expect("the second field");
    pages * PAGE_BYTES
}
