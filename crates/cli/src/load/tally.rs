//! What came back.

use hdrhistogram::Histogram;
use std::collections::BTreeMap;

/// Digits that latencies are kept to.
const DIGITS: u8 = 3;

/// Counts of one worker, or of all.
pub(super) struct Tally {
    /// Answers by status.
    pub(super) statuses: BTreeMap<u16, u64>,
    /// Requests without an answer, by the reason.
    pub(super) failures: BTreeMap<String, u64>,
    /// Bytes of bodies received.
    pub(super) bytes: u64,
    /// Latencies of answers, in microseconds.
    pub(super) latencies: Histogram<u64>,
}

impl Default for Tally {
    fn default() -> Self {
        let latencies = Histogram::new(DIGITS).expect("three digits are within one to five");
        Self { statuses: BTreeMap::new(), failures: BTreeMap::new(), bytes: 0, latencies }
    }
}

impl Tally {
    /// Counts an answer.
    pub(super) fn answered(&mut self, status: u16, bytes: u64, microseconds: u64) {
        *self.statuses.entry(status).or_default() += 1;
        self.bytes += bytes;
        self.latencies.saturating_record(microseconds);
    }

    /// Counts a request that got none.
    pub(super) fn failed(&mut self, reason: &anyhow::Error) {
        *self.failures.entry(format!("{reason:#}")).or_default() += 1;
    }

    /// Takes another's counts in.
    pub(super) fn add(&mut self, other: &Self) {
        for (status, count) in &other.statuses {
            *self.statuses.entry(*status).or_default() += count;
        }
        for (reason, count) in &other.failures {
            *self.failures.entry(reason.clone()).or_default() += count;
        }
        self.bytes += other.bytes;
        self.latencies.add(&other.latencies).expect("all histograms grow as they need");
    }

    /// All answers.
    pub(super) fn answers(&self) -> u64 {
        self.statuses.values().sum()
    }
}
