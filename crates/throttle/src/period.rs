//! When windows begin and end.

/// Latest second of Unix time that windows reach (in the year 2242); it leaves room for a count beside it.
pub(crate) const TIME_MAX: u64 = (1 << 33) - 1;

/// How far a window may lie ahead of what the clock says before it counts as left over from a clock that was set
/// back, in seconds. A thread that stands still between reading the clock and counting is not that late.
pub(crate) const AHEAD_SECONDS_MAX: u64 = 60;

/// When the windows of a period begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Begin {
    /// One after the other, without gaps; one of them begins at this second of Unix time. With 0, seconds, minutes,
    /// hours and days begin where they do in UTC.
    At(u64),
    /// With the first call after the window before.
    FirstCall,
}

/// Windows of one length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    seconds: u64,
    begin: Begin,
}

impl Period {
    /// `None` when the windows would have no length.
    #[must_use]
    pub const fn new(seconds: u64, begin: Begin) -> Option<Self> {
        if seconds == 0 { None } else { Some(Self { seconds, begin }) }
    }

    /// When a window would end that is current at `now`, or that begins then.
    pub(crate) const fn end(self, now: u64) -> u64 {
        let end = match self.begin {
            Begin::FirstCall => now.saturating_add(self.seconds),
            Begin::At(anchor) => {
                let phase = anchor % self.seconds;
                // Whole windows between the first one's begin and now; before that, the first one is yet to begin.
                match now.checked_sub(phase) {
                    None => phase,
                    Some(since) => {
                        let windows = since / self.seconds;
                        phase.saturating_add(windows.saturating_add(1).saturating_mul(self.seconds))
                    }
                }
            }
        };
        if end < TIME_MAX { end } else { TIME_MAX }
    }

    /// Whether a window that ends at `end` still counts at `now`: it is the current one, or a later one that another
    /// thread has begun.
    pub(crate) const fn stands(self, end: u64, now: u64) -> bool {
        let is_over = match self.begin {
            Begin::At(_) => end < self.end(now),
            Begin::FirstCall => end <= now,
        };
        !is_over && end <= now.saturating_add(self.seconds).saturating_add(AHEAD_SECONDS_MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Period = Period { seconds: 3_600, begin: Begin::At(0) };

    #[test]
    fn aligned_windows_end_at_multiples_of_their_length() {
        assert_eq!(HOUR.end(0), 3_600);
        assert_eq!(HOUR.end(3_599), 3_600);
        assert_eq!(HOUR.end(3_600), 7_200);
    }

    #[test]
    fn an_anchor_moves_the_borders_before_and_after_it() {
        let period = Period { begin: Begin::At(1_000_100), ..HOUR };
        assert_eq!(period.end(1_000_099), 1_000_100);
        assert_eq!(period.end(1_000_100), 1_003_700);
        assert_eq!(period.end(1_000_100 - 3_600), 1_000_100);
        assert_eq!(period.end(0), 1_000_100 % 3_600);
    }

    #[test]
    fn a_window_from_the_first_call_ends_its_length_later() {
        let period = Period { begin: Begin::FirstCall, ..HOUR };
        assert_eq!(period.end(5), 3_605);
        assert!(period.stands(3_605, 3_604) && !period.stands(3_605, 3_605));
    }

    #[test]
    fn a_window_that_another_thread_has_begun_stands_for_one_that_is_late() {
        assert!(HOUR.stands(7_200, 3_599));
        assert!(!HOUR.stands(3_600, 3_600));
    }

    #[test]
    fn a_window_left_from_a_clock_that_was_set_back_does_not_stand() {
        let second = Period { seconds: 1, ..HOUR };
        assert!(second.stands(1_000, 950));
        assert!(!second.stands(1_000, 900));
    }

    #[test]
    fn the_longest_period_there_is_ends_at_the_end_of_time() {
        let period = Period { seconds: u64::MAX, begin: Begin::At(u64::MAX) };
        assert_eq!(period.end(1_700_000_000), TIME_MAX);
        assert!(Period::new(0, Begin::FirstCall).is_none());
    }
}
