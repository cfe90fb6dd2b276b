//! Comparing drafts with the presented code, within a budget.

use crate::draft::Draft;
use countersign_sign::Digest;
use countersign_verify::digests_equal;
use std::cell::Cell;

/// The presented code, and what may still be spent on it.
pub(crate) struct Trial {
    code: Digest,
    hashes_max: u32,
    hashes: Cell<u32>,
    was_cut_short: Cell<bool>,
}

/// The hash of the canonical request and the HMAC.
const HASHES_OF_A_DRAFT: u32 = 2;

impl Trial {
    pub(crate) fn new(code: Digest, hashes_max: u32) -> Self {
        Self { code, hashes_max, hashes: Cell::new(0), was_cut_short: Cell::new(false) }
    }

    /// Whether the client signed exactly this; `false` when nothing is left to spend.
    pub(crate) fn fits(&self, draft: &Draft) -> bool {
        self.spend(HASHES_OF_A_DRAFT) && digests_equal(&draft.code(), &self.code)
    }

    /// Whether so many more hashes are within the budget; they count as spent.
    pub(crate) fn spend(&self, hashes: u32) -> bool {
        let spent = self.hashes.get().saturating_add(hashes);
        let is_within = spent <= self.hashes_max;
        if is_within {
            self.hashes.set(spent);
        } else {
            self.was_cut_short.set(true);
        }
        is_within
    }

    pub(crate) fn hashes(&self) -> u32 {
        self.hashes.get()
    }

    pub(crate) fn was_cut_short(&self) -> bool {
        self.was_cut_short.get()
    }
}
