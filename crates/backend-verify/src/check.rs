//! The check itself: the head first, then the body.

use crate::{KeySource, Refusal, head::Carried};
use bytes::Bytes;
use countersign_types::{AccessKeyId, Timestamp, limits::BODY_BYTES_MAX};
use countersign_verify::{Algorithm, Algorithms, Claim, Policy, Verified, present};
use http::{HeaderName, header, request::Parts};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use std::{error::Error, sync::Arc};

/// Proof that a request is the gateway's; it stands in the extensions of what passes.
#[derive(Debug, Clone)]
pub struct FromGateway {
    access_key: AccessKeyId,
    verified: Arc<Verified>,
}

impl FromGateway {
    /// The signature key that it was signed with.
    #[must_use]
    pub const fn access_key(&self) -> &AccessKeyId {
        &self.access_key
    }

    /// When it was signed.
    #[must_use]
    pub fn signing_time(&self) -> Timestamp {
        self.verified.signing_time()
    }

    /// Whether the signature leaves the body out.
    #[must_use]
    pub fn payload_unsigned(&self) -> bool {
        self.verified.payload_unsigned()
    }
}

/// What requests are held against.
#[derive(Clone)]
pub(crate) struct Check {
    pub(crate) keys: Arc<dyn KeySource>,
    pub(crate) clock: fn() -> Timestamp,
    pub(crate) carrier: HeaderName,
    pub(crate) body_bytes_max: usize,
    pub(crate) policy: Policy,
}

impl Check {
    pub(crate) fn new(keys: impl KeySource, clock: fn() -> Timestamp) -> Self {
        Self {
            keys: Arc::new(keys),
            clock,
            carrier: header::AUTHORIZATION,
            body_bytes_max: usize::try_from(BODY_BYTES_MAX).unwrap_or(usize::MAX),
            policy: Policy { algorithms: Algorithms::of(&[Algorithm::HmacSha256]), ..Policy::default() },
        }
    }

    /// The proof, and the body that it is about.
    pub(crate) async fn run<B>(&self, parts: &Parts, body: B) -> Result<(FromGateway, Bytes), Refusal>
    where
        B: http_body::Body,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        let (access_key, claim) = self.head(parts)?;
        let body =
            Limited::new(body, self.body_bytes_max).collect().await.map_err(|error| broken(&*error))?;
        let body = body.to_bytes();
        let mut hasher = claim.body_hasher();
        hasher.update(&body);
        let verified = Arc::new(claim.finish(hasher)?);
        Ok((FromGateway { access_key, verified }, body))
    }

    fn head(&self, parts: &Parts) -> Result<(AccessKeyId, Claim), Refusal> {
        let head = Carried::new(parts, &self.carrier);
        let presented = present(&head)?.ok_or_else(|| Refusal::Unsigned(self.carrier.clone()))?;
        presented.check_time((self.clock)())?;
        let key = self.keys.key(presented.access_key()).ok_or(Refusal::UnknownKey)?;
        Ok((key.access_key().clone(), presented.claim(&head, &key, self.policy)?))
    }
}

fn broken(error: &(dyn Error + 'static)) -> Refusal {
    if error.is::<LengthLimitError>() { Refusal::TooLong } else { Refusal::Incomplete }
}
