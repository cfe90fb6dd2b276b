//! What an operation costs in CPU time. Examples named `*cost` measure with it; the product does not contain it.
//!
//! The clock is the CPU time of this process, so that a busy machine disturbs it little.
//!
//! ```
//! let cost = countersign_cost::measure(&[1_u64, 2, 3], 1_000, |number| {
//!     std::hint::black_box(number * number);
//! });
//! assert!(cost.min <= cost.median);
//! println!("{{\"square_ns\":{cost}}}");
//! ```

use std::fmt;

/// How often everything is measured, after once to warm up.
pub const BATCHES: usize = 15;

/// Nanoseconds of CPU for one operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Of the fastest batch.
    pub min: u64,
    /// Of the batch in the middle.
    pub median: u64,
}

/// As JSON: `{"min":…,"median":…}`.
impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{\"min\":{},\"median\":{}}}", self.min, self.median)
    }
}

/// Runs `work` over all subjects, round after round: the cost of one subject.
///
/// # Panics
/// Without subjects or rounds, and on a system that does not account CPU time as Linux does.
pub fn measure<T>(subjects: &[T], rounds: usize, work: impl Fn(&T)) -> Cost {
    let mut batches: Vec<u64> = (0..=BATCHES)
        .map(|_| {
            let start = cpu_nanoseconds();
            for subject in (0..rounds).flat_map(|_| subjects) {
                work(subject);
            }
            (cpu_nanoseconds() - start) / (rounds * subjects.len()) as u64
        })
        .skip(1)
        .collect();
    batches.sort_unstable();
    Cost { min: batches[0], median: batches[BATCHES / 2] }
}

/// CPU time of this process, from the scheduler's own account.
fn cpu_nanoseconds() -> u64 {
    // The account is brought up to date when the scheduler runs, not when it is read.
    std::thread::yield_now();
    let account = std::fs::read_to_string("/proc/self/schedstat").expect("this needs Linux");
    account.split(' ').next().and_then(|run| run.parse().ok()).expect("the first field is the run time")
}
