//! A signature that holds as far as the head goes.

use super::{Caller, family::Family, lockout::Attempt, signature::Holder, signed::Signed, trial::Trial};
use crate::reject::Reject;
use countersign_types::Timestamp;
use countersign_verify::{BodyHasher, Claim, Error, Policy, Presented};

/// Whose signature it is, and what it is held against.
pub(super) struct Signatory<'s> {
    pub(super) holder: Holder<'s>,
    pub(super) attempt: Option<Attempt<'s>>,
    pub(super) family: Family,
    pub(super) policy: Policy,
    pub(super) now: Timestamp,
}

impl<'s> Signatory<'s> {
    /// The claim as far as the head goes.
    ///
    /// # Errors
    /// 401: the declared payload already tells that the signature is another one.
    pub(super) fn claim(&self, head: &Signed<'_>, presented: Presented<'_>) -> Result<Claim, Reject> {
        self.trial(head).claim(presented, self.holder.key()).map_err(|error| self.refuse(&error))
    }

    /// The caller, once the body is complete.
    ///
    /// # Errors
    /// 401: signature or body are others.
    pub(super) fn finish(
        self,
        head: &Signed<'_>,
        claim: Claim,
        body: BodyHasher,
    ) -> Result<Caller<'s>, Reject> {
        let verified = self.trial(head).finish(claim, body).map_err(|error| self.refuse(&error))?;
        if let Some(attempt) = self.attempt {
            attempt.succeeded();
        }
        let Holder { who, scheme, .. } = self.holder;
        Ok(Caller { who, scheme, verified: Some(verified), context: None })
    }

    fn trial<'t>(&'t self, head: &'t Signed<'t>) -> Trial<'t> {
        Trial { head, policy: self.policy, previous: self.holder.previous(self.now) }
    }

    fn refuse(&self, error: &Error) -> Reject {
        if let (Some(attempt), Error::Mismatch { .. }) = (self.attempt, error) {
            attempt.failed();
        }
        self.family.refuse(error)
    }
}
