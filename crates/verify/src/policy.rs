//! What a deployment allows.

use countersign_sign::Algorithm;

/// What the caller's configuration allows. The default accepts every official client in its ordinary use.
#[derive(Debug, Clone, Copy)]
pub struct Policy {
    /// Accept `UNSIGNED-PAYLOAD` (§5.4); two official clients declare it by themselves.
    pub unsigned_payload: bool,
    /// Accept signatures over the raw, still encoded path (P2, §5.5). Then the raw path is what was signed and
    /// what must be routed and forwarded: see [`crate::Verified::path_form`].
    pub raw_path: bool,
    /// The algorithms accepted.
    pub algorithms: Algorithms,
}

impl Default for Policy {
    fn default() -> Self {
        Self { unsigned_payload: true, raw_path: false, algorithms: Algorithms::ALL }
    }
}

/// A set of algorithms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Algorithms(u8);

impl Algorithms {
    /// Every algorithm of the protocol.
    pub const ALL: Self = Self::of(&Algorithm::ALL);

    /// The given ones.
    #[must_use]
    pub const fn of(algorithms: &[Algorithm]) -> Self {
        let mut set = 0;
        let mut rest = algorithms;
        while let [first, others @ ..] = rest {
            set |= 1 << *first as u8;
            rest = others;
        }
        Self(set)
    }

    /// Whether the algorithm is in the set.
    #[must_use]
    pub const fn contains(self, algorithm: Algorithm) -> bool {
        self.0 & (1 << algorithm as u8) != 0
    }
}
