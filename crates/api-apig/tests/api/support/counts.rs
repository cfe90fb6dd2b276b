//! A data plane that counted the same of everything.

use super::now;
use countersign_control::statistics::CallCounts;
use countersign_types::{ApiId, InstanceId, Tally, Traffic};
use std::collections::BTreeMap;

/// Counts for ten minutes, this one included.
pub(crate) struct Counted;

/// The minute in which everything is asked for.
pub(crate) fn minute() -> u64 {
    now().unix() / 60
}

/// What every API has each time: four calls, three of them at a backend.
pub(crate) fn tally() -> Tally {
    Tally {
        calls: 4,
        status_2xx: 2,
        status_4xx: 1,
        status_5xx: 1,
        exchanges: 3,
        longest_us: 9_001,
        longest_inner_us: 1_000,
        longest_upstream_us: 8_500,
        total_us: 20_000,
        upstream_us: 10_000,
        bytes_in: 400,
        bytes_out: 8_000,
    }
}

impl CallCounts for Counted {
    /// Now, nine minutes ago, and longer ago than can be asked for.
    fn calls(&self, apis: &[ApiId]) -> BTreeMap<u64, Tally> {
        let mut found = BTreeMap::new();
        for _ in apis {
            for minute in [minute(), minute() - 9, minute() - 60] {
                found.entry(minute).or_insert_with(Tally::default).add(&tally());
            }
        }
        found
    }

    /// In the last ten minutes, except for the one before this.
    fn traffic(&self, _: &InstanceId) -> BTreeMap<u64, Traffic> {
        let traffic = Traffic { from_clients: 60, to_clients: 600, from_backends: 120, to_backends: 90 };
        (0..10).filter(|ago| *ago != 1).map(|ago| (minute() - ago, traffic)).collect()
    }

    fn since(&self) -> Option<u64> {
        Some(minute() - 9)
    }
}
