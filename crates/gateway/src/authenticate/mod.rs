//! Who calls. The only ways to a [`Caller`] of an API that asks are a compared signature and an opened token.

mod app;
mod credential;
mod family;
mod holder;
mod signature;
mod signed;
mod token;
mod trial;

pub(crate) use app::API_KEY;
pub(crate) use token::Sessions;

use crate::{
    accept::{Body, Request, Unread},
    core::Core,
    reject::Reject,
    route::Routed,
};
use countersign_snapshot::{
    Bearer, Snapshot, User,
    source::{Auth, UnsignedPayload},
};
use countersign_types::{AppId, ProjectId};
use countersign_verify::{Policy, Presented, Verified};
use credential::Credential;
use family::Family;
use http::header;
use signed::Signed;
use trial::Trial;

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
    AppCode,
    AppPair,
    AppKey,
    AppStamp,
    AppToken,
}

impl Scheme {
    pub(crate) const ALL: [Self; 10] = [
        Self::None,
        Self::App,
        Self::AccessKey,
        Self::TemporaryKey,
        Self::Token,
        Self::AppCode,
        Self::AppPair,
        Self::AppKey,
        Self::AppStamp,
        Self::AppToken,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::App => "app",
            Self::AccessKey => "access_key",
            Self::TemporaryKey => "temporary_key",
            Self::Token => "token",
            Self::AppCode => "app_code",
            Self::AppPair => "app_secret",
            Self::AppKey => "app_api_key",
            Self::AppStamp => "app_jwt",
            Self::AppToken => "app_token",
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
    pub(crate) core: &'s Core,
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
        routed: &Routed<'s>,
        body: Unread,
    ) -> Result<(Caller<'s>, Body), Reject> {
        let release = routed.release;
        let unsigned_payload = release.unsigned_payload == UnsignedPayload::Allow;
        let policy = Policy { unsigned_payload, ..Policy::default() };
        let family = match release.auth {
            Auth::None => return accept(Who::Anonymous, Scheme::None, body).await,
            Auth::App => Family::App,
            Auth::Iam => Family::Iam,
        };
        let carrier = match family {
            Family::App => &routed.gateway.carriers.authorization,
            Family::Iam => &header::AUTHORIZATION,
        };
        let head = Signed::new(request, carrier);
        match credential::find(&head, routed, family)? {
            Credential::Token(token) => {
                accept(self.bearer(token, request.arrived)?, Scheme::Token, body).await
            }
            Credential::App(shown) => {
                let (who, scheme) = self.app(&shown, request, routed)?;
                accept(who, scheme, body).await
            }
            Credential::Signature(presented) => self.verify(&head, family, (presented, policy), body).await,
        }
    }

    async fn verify(
        &self,
        head: &Signed<'_>,
        family: Family,
        (presented, policy): (Presented<'_>, Policy),
        body: Unread,
    ) -> Result<(Caller<'s>, Body), Reject> {
        let now = head.request.arrived;
        let refuse = |error| family.refuse(&error);
        presented.check_time(now).map_err(refuse)?;
        let holder = self.holder(family, &presented, now)?;
        let trial = Trial { head, policy, previous: holder.previous(now) };
        let claim = trial.claim(presented, holder.key()).map_err(refuse)?;
        let mut hasher = claim.body_hasher();
        let body = body.receive(|piece| hasher.update(piece)).await?;
        let verified = trial.finish(claim, hasher).map_err(refuse)?;
        Ok((Caller { who: holder.who, scheme: holder.scheme, verified: Some(verified) }, body))
    }
}

/// Nothing about the body had to be proven.
async fn accept(who: Who<'_>, scheme: Scheme, body: Unread) -> Result<(Caller<'_>, Body), Reject> {
    Ok((Caller { who, scheme, verified: None }, body.receive(|_| {}).await?))
}
