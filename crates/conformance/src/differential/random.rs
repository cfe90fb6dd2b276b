//! Numbers that follow from a seed.

/// A generator whose whole state is one number (splitmix64).
pub(super) struct Random(u64);

impl Random {
    /// The generator of one case: any case can be made again without those before it.
    pub(super) fn of_case(seed: u64, case: u64) -> Self {
        Self(Self(seed).next() ^ Self(case).next())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to one less than `bound`.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    /// True so many times of a hundred.
    pub(super) fn percent(&mut self, times: usize) -> bool {
        self.below(100) < times
    }

    /// One of these.
    pub(super) fn one_of<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        choices[self.below(choices.len())]
    }

    /// Any character of a text.
    pub(super) fn character(&mut self, choices: &str) -> char {
        let count = choices.chars().count();
        choices.chars().nth(self.below(count)).unwrap_or('a')
    }

    /// Any bytes.
    pub(super) fn bytes(&mut self, count: usize) -> Vec<u8> {
        std::iter::repeat_with(|| self.next() as u8).take(count).collect()
    }
}
