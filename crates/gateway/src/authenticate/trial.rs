//! A signature under the current key, and under the previous one only where the current one does not fit.

use super::signed::Signed;
use countersign_verify::{BodyHasher, Claim, Error, Key, Policy, Presented, Verified, present};

/// What a signature is held against.
pub(super) struct Trial<'t> {
    pub(super) head: &'t Signed<'t>,
    pub(super) policy: Policy,
    /// The key that was replaced and still holds; next to no app has one.
    pub(super) previous: Option<&'t Key>,
}

impl Trial<'_> {
    /// The claim as far as the head goes.
    pub(super) fn claim(&self, presented: Presented<'_>, key: &Key) -> Result<Claim, Error> {
        match (presented.claim(self.head, key, self.policy), self.previous) {
            (Err(Error::Mismatch { .. }), Some(previous)) => self.claim_again(previous),
            (outcome, _) => outcome,
        }
    }

    /// The verdict, once the body is complete.
    pub(super) fn finish(&self, claim: Claim, body: BodyHasher) -> Result<Verified, Error> {
        let Some(previous) = self.previous else { return claim.finish(body) };
        match claim.finish(body.clone()) {
            Err(Error::Mismatch { .. }) => self.claim_again(previous)?.finish(body),
            outcome => outcome,
        }
    }

    fn claim_again(&self, key: &Key) -> Result<Claim, Error> {
        let presented = present(self.head)?.ok_or(Error::MissingAccessKey)?;
        presented.claim(self.head, key, self.policy)
    }
}
