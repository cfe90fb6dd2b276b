//! Who calls. The only ways to a [`Caller`] of an API that asks are a compared signature and an opened token.

mod credential;
mod family;
mod lockout;
mod signature;
mod token;

pub(crate) use lockout::Lockout;
pub(crate) use token::Sessions;

use crate::{
    accept::{Body, Request, Unread},
    access::Entered,
    reject::Reject,
};
use countersign_snapshot::{
    Bearer, Snapshot, User,
    source::{Auth, UnsignedPayload},
};
use countersign_types::{AppId, ProjectId, Timestamp};
use countersign_verify::{Error, Policy, Presented, Verified};
use credential::Credential;
use family::Family;
use lockout::Attempt;
use std::net::IpAddr;

/// Proof that the caller is who they say.
pub(crate) struct Caller<'s> {
    who: Who<'s>,
    scheme: Scheme,
    /// What was found about the signature, if there is one.
    verified: Option<Verified>,
}

/// Whom a request comes from.
pub(crate) enum Who<'s> {
    /// Nobody was asked.
    Anonymous,
    /// An app of the data plane.
    App { id: &'s AppId, name: &'s str },
    /// A user or agency of the identity service, and the projects that the credential reaches.
    Iam { bearer: Bearer<'s>, project_ids: &'s [ProjectId] },
}

/// How a caller proved itself, as logs and metrics name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scheme {
    None,
    App,
    AccessKey,
    TemporaryKey,
    Token,
}

impl Scheme {
    pub(crate) const ALL: [Self; 5] =
        [Self::None, Self::App, Self::AccessKey, Self::TemporaryKey, Self::Token];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::App => "app",
            Self::AccessKey => "access_key",
            Self::TemporaryKey => "temporary_key",
            Self::Token => "token",
        }
    }
}

impl<'s> Who<'s> {
    /// A user by a key of its own, which reaches wherever the user may act.
    fn user(user: &'s User) -> Self {
        Self::Iam { bearer: Bearer::User(user), project_ids: &user.project_ids }
    }
}

impl<'s> Caller<'s> {
    pub(crate) fn who(&self) -> &Who<'s> {
        &self.who
    }

    pub(crate) fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// Whether the body is not covered by the signature.
    pub(crate) fn payload_unsigned(&self) -> bool {
        self.verified.as_ref().is_some_and(Verified::payload_unsigned)
    }
}

/// What callers are checked against: everything is at hand, nobody is asked.
pub(crate) struct Authenticator<'s> {
    pub(crate) sessions: &'s Sessions,
    pub(crate) lockout: &'s Lockout,
    pub(crate) snapshot: &'s Snapshot,
}

impl<'s> Authenticator<'s> {
    /// Authenticates and takes in the body: the head is checked first, so that a bad key, date, token or signature
    /// over a declared digest is refused without reading it.
    ///
    /// # Errors
    /// 401 with the code of the API's scheme; whatever reading the body may answer.
    pub(crate) async fn authenticate(
        &self,
        request: &Request,
        entered: &Entered<'_>,
        body: Unread,
    ) -> Result<(Caller<'s>, Body), Reject> {
        let family = match entered.routed.release.auth {
            Auth::None => return accept(Who::Anonymous, Scheme::None, body).await,
            Auth::App => Family::App,
            Auth::Iam => Family::Iam,
        };
        match credential::find(request, family)? {
            Credential::Token(token) => {
                accept(self.bearer(token, request.arrived)?, Scheme::Token, body).await
            }
            Credential::Signature(presented) => {
                self.verify(request, entered, (family, presented), body).await
            }
        }
    }

    async fn verify(
        &self,
        request: &Request,
        entered: &Entered<'_>,
        (family, presented): (Family, Presented<'_>),
        body: Unread,
    ) -> Result<(Caller<'s>, Body), Reject> {
        let unsigned_payload = entered.routed.release.unsigned_payload == UnsignedPayload::Allow;
        let policy = Policy { unsigned_payload, ..Policy::default() };
        presented.check_time(request.arrived).map_err(|error| family.refuse(&error))?;
        let holder = self.holder(family, &presented, request.arrived)?;
        let attempt = self.attempt(family, presented.access_key(), entered.routed.source, request.arrived)?;
        let refuse = |error| {
            if let (Some(attempt), Error::Mismatch { .. }) = (attempt, &error) {
                attempt.failed();
            }
            family.refuse(&error)
        };
        let claim = presented.claim(request, holder.key(), policy).map_err(refuse)?;
        let mut hasher = claim.body_hasher();
        let body = body.receive(|piece| hasher.update(piece)).await?;
        let verified = claim.finish(hasher).map_err(refuse)?;
        if let Some(attempt) = attempt {
            attempt.succeeded();
        }
        Ok((Caller { who: holder.who, scheme: holder.scheme, verified: Some(verified) }, body))
    }

    /// An attempt to sign with a key that exists; app keys are never locked.
    ///
    /// # Errors
    /// 401: too many attempts with this key from this address failed.
    fn attempt(
        &self,
        family: Family,
        access_key: &str,
        source: IpAddr,
        now: Timestamp,
    ) -> Result<Option<Attempt<'s>>, Reject> {
        match family {
            Family::App => Ok(None),
            Family::Iam => {
                let attempt = self.lockout.attempt(access_key, source, now);
                attempt.map(Some).ok_or_else(|| family.locked())
            }
        }
    }
}

/// Nothing about the body had to be proven.
async fn accept(who: Who<'_>, scheme: Scheme, body: Unread) -> Result<(Caller<'_>, Body), Reject> {
    Ok((Caller { who, scheme, verified: None }, body.receive(|_| {}).await?))
}
