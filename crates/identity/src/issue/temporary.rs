//! From a proof to a temporary key pair.

use super::Proof;
use crate::{Error, Live};
use countersign_policy::{Kind, Policy};
use countersign_token::{Session, TemporaryKey};
use std::ops::RangeInclusive;

/// A wish for a temporary key pair.
pub struct TemporaryRequest {
    /// What the requester shows: a token, or an agency with an authenticated caller.
    pub proof: Proof,
    /// For how long.
    pub duration: Duration,
    /// What the requester says about it.
    pub session: Session,
}

/// How long a temporary key pair shall hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duration(u64);

impl Duration {
    /// A quarter of an hour.
    pub const SHORTEST: Self = Self(15 * 60);
    /// An hour.
    pub const HOUR: Self = Self(60 * 60);

    /// That many seconds: from a quarter of an hour up to `longest`.
    ///
    /// # Errors
    /// [`Error::Invalid`] outside of that.
    pub fn seconds(seconds: u64, longest: Longest) -> Result<Self, Error> {
        let (range, reason) = longest.bounds();
        if range.contains(&seconds) {
            Ok(Self(seconds))
        } else {
            Err(Error::Invalid { field: "duration_seconds", reason })
        }
    }
}

/// The longest that the contract of an operation allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Longest {
    /// 24 hours.
    Day,
    /// 12 hours.
    HalfDay,
    /// An hour.
    Hour,
}

impl Longest {
    const fn bounds(self) -> (RangeInclusive<u64>, &'static str) {
        match self {
            Self::Day => (900..=86_400, "900 to 86400"),
            Self::HalfDay => (900..=43_200, "900 to 43200"),
            Self::Hour => (900..=3_600, "900 to 3600 with a temporary key"),
        }
    }
}

impl Live {
    /// Makes a temporary key pair. It acts for whom the proof stands, in that one's account or in the only project that
    /// the credential that was shown reaches, and ends no later than this.
    ///
    /// # Errors
    /// As [`Live::issue`], and [`Error::Policy`] for the session's.
    pub fn issue_temporary(&self, request: TemporaryRequest) -> Result<TemporaryKey, Error> {
        request.session.policy().map(read_policy).transpose()?;
        let now = self.now();
        let proven = self.prove(request.proof, now)?;
        let scope = proven.reach();
        let claims = self.claims(proven, scope, now, request.duration.0);
        Ok(self.directory()?.ring.issue_temporary(claims, request.session, self.nonce()))
    }

    /// The temporary key pair that this security token belongs to.
    ///
    /// # Errors
    /// [`crate::Unauthenticated`], or a fault.
    pub fn open_temporary(&self, security_token: &str) -> Result<TemporaryKey, Error> {
        Ok(self.directory()?.ring.opening_keys().open_temporary(security_token, self.now())?)
    }
}

/// The policy of a session.
pub(crate) fn read_policy(text: &str) -> Result<Policy, countersign_policy::Error> {
    Policy::parse_text(text, Kind::FineGrained)
}
