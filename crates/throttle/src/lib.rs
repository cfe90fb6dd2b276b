//! Counting calls against limits: exact on one node, shared by all threads, without a lock.
//!
//! A limit is a number of calls in a [`Period`]. One subject (an API, a publication) has a [`Counter`], which is one
//! atomic number; subjects that nobody can list beforehand (callers, source addresses) share [`Counters`], a table
//! that grows with them and is thrown away with its window. [`take`] counts a call against several limits at once or
//! against none of them.
//!
//! # What is exact
//! - **Never more than the limit.** Every call that is admitted in a window has raised that window's count by one,
//!   and a count is only raised while it is below the limit, in one atomic step. Windows of a counter never go back: a
//!   thread that read its clock before a boundary and counts after it counts in the later window.
//! - **A refused call uses up nothing.** [`take`] looks at every limit before it touches one. When another thread takes
//!   the last permit of a later limit in between, what was taken from the earlier ones is given back. While that lasts,
//!   a count is higher than the calls admitted and never lower: nothing is admitted twice, and at worst another call
//!   that races for the very last permit is refused.
//! - **Bounded.** All tables together hold as many places as their [`Room`] allows. Whoever comes when a table cannot
//!   grow shares one count with everybody else who came too late, within the same limit: nobody escapes a limit.
//!
//! # What is not here
//! No clock (seconds of Unix time are an argument), no I/O, no knowledge of what is counted. Subjects of a table are
//! 64-bit hashes, made with a seed that nobody outside knows; the caller brings them. Counts live in memory only: after
//! a restart they begin at zero.
//!
//! # One more dimension
//! Whatever has a limit is one more [`Demand`]. A quota with a time at which it begins anew is a [`Counter`] with
//! [`Begin::At`] that time, one that begins with its first call a [`Counter`] with [`Begin::FirstCall`]; a table cannot
//! have the latter, because its subjects share their window. The position in [`Exhausted`] tells which demand refused,
//! so that it can answer in words of its own.
//!
//! ```
//! use countersign_throttle::{Account, Begin, Counter, Demand, Period, take};
//! let counter = Counter::default();
//! let per_minute = Period::new(60, Begin::At(0)).unwrap();
//! let demand = Demand { account: Account::One(&counter), limit: 2, period: per_minute };
//! assert_eq!(take(&[demand], 0).unwrap()[0].remaining(), 1);
//! assert_eq!(take(&[demand], 59).unwrap()[0].remaining(), 0);
//! assert_eq!(take(&[demand], 59).unwrap_err().standing.end, 60);
//! assert!(take(&[demand], 60).is_ok());
//! ```

mod counter;
mod counters;
mod demand;
mod page;
mod period;
mod room;
mod segment;

pub use counter::Counter;
pub use counters::{Counters, Subject};
pub use demand::{Account, Demand, Exhausted, Standing, Standings, foresee, take};
pub use period::{Begin, Period};
pub use room::Room;
