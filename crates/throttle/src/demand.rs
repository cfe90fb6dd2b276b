//! Several limits at once.

use crate::{Counter, Counters, Period, Subject};
use smallvec::SmallVec;

/// Whose count a call raises.
#[derive(Debug, Clone, Copy)]
pub enum Account<'c> {
    /// That of a subject with a counter of its own.
    One(&'c Counter),
    /// That of one of many.
    Of(&'c Counters, Subject),
}

/// One limit that a call must keep.
#[derive(Debug, Clone, Copy)]
pub struct Demand<'c> {
    /// Who is counted. All demands on one account have the same period.
    pub account: Account<'c>,
    /// Most calls in a window.
    pub limit: u32,
    /// The windows.
    pub period: Period,
}

/// How an account stands in its window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Most calls in the window.
    pub limit: u32,
    /// Calls counted in it.
    pub used: u32,
    /// When it ends, in seconds of Unix time.
    pub end: u64,
}

/// How the accounts stand, in the order of the demands.
pub type Standings = SmallVec<[Standing; 5]>;

/// A limit is used up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exhausted {
    /// Which of the demands.
    pub position: usize,
    /// How its account stands.
    pub standing: Standing,
}

impl Standing {
    /// Calls that are left in the window.
    #[must_use]
    pub const fn remaining(&self) -> u32 {
        self.limit.saturating_sub(self.used)
    }
}

impl Demand<'_> {
    fn look(&self, now: u64) -> Standing {
        match self.account {
            Account::One(counter) => counter.look(self.limit, self.period, now),
            Account::Of(counters, subject) => counters.look(subject, self.limit, self.period, now),
        }
    }

    fn take(&self, now: u64) -> Result<Standing, Standing> {
        match self.account {
            Account::One(counter) => counter.take(self.limit, self.period, now),
            Account::Of(counters, subject) => counters.take(subject, self.limit, self.period, now),
        }
    }

    fn give_back(&self, end: u64) {
        match self.account {
            Account::One(counter) => counter.give_back(end),
            Account::Of(counters, subject) => counters.give_back(subject, end),
        }
    }
}

/// Says whether one of the limits is used up already, without counting; `now` is in seconds of Unix time.
///
/// # Errors
/// The first limit that is.
pub fn foresee(demands: &[Demand<'_>], now: u64) -> Result<(), Exhausted> {
    let standings = demands.iter().map(|demand| demand.look(now)).enumerate();
    let mut exhausted = standings.filter(|(_, standing)| standing.remaining() == 0);
    exhausted.next().map_or(Ok(()), |(position, standing)| Err(Exhausted { position, standing }))
}

/// Counts a call against all limits, or against none; `now` is in seconds of Unix time.
///
/// # Errors
/// The first limit that is used up.
pub fn take(demands: &[Demand<'_>], now: u64) -> Result<Standings, Exhausted> {
    if demands.len() > 1 {
        foresee(demands, now)?;
    }
    let mut taken = Standings::new();
    for (position, demand) in demands.iter().enumerate() {
        match demand.take(now) {
            Ok(standing) => taken.push(standing),
            Err(standing) => {
                demands.iter().zip(&taken).for_each(|(earlier, taken)| earlier.give_back(taken.end));
                return Err(Exhausted { position, standing });
            }
        }
    }
    Ok(taken)
}

#[cfg(test)]
mod tests;
