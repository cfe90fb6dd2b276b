//! Who calls. The only ways to a [`Caller`] of an API that asks are a compared signature and an opened token.

mod credential;
mod family;
mod signature;
mod token;

pub(crate) use token::Sessions;

use crate::{
    accept::{Body, Request, Unread},
    authorizer::{Context, Question},
    core::Core,
    reject::Reject,
    route::Routed,
};
use countersign_snapshot::{
    Bearer, Snapshot, User,
    source::{Auth, Side, UnsignedPayload},
};
use countersign_types::{AppId, AuthorizerId, ProjectId};
use countersign_verify::{Policy, Presented, Verified};
use credential::Credential;
use family::Family;
use std::rc::Rc;

/// Proof that the caller is who they say.
pub(crate) struct Caller<'s> {
    who: Who<'s>,
    scheme: Scheme,
    /// What was found about the signature, if there is one.
    verified: Option<Verified>,
    /// What the custom authorizer said, if it was asked.
    context: Option<Rc<Context>>,
}

/// Whom a request comes from.
pub(crate) enum Who<'s> {
    /// Nobody was asked.
    Anonymous,
    /// Somebody whom only the custom authorizer knows.
    Custom,
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
    Authorizer,
}

impl Scheme {
    pub(crate) const ALL: [Self; 6] =
        [Self::None, Self::App, Self::AccessKey, Self::TemporaryKey, Self::Token, Self::Authorizer];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::App => "app",
            Self::AccessKey => "access_key",
            Self::TemporaryKey => "temporary_key",
            Self::Token => "token",
            Self::Authorizer => "authorizer",
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

    /// What the custom authorizer said about the caller.
    pub(crate) fn context(&self) -> Option<&Context> {
        self.context.as_deref()
    }

    /// The same, to keep.
    pub(crate) fn shared_context(&self) -> Option<Rc<Context>> {
        self.context.clone()
    }

    /// Whether the body is not covered by the signature.
    pub(crate) fn payload_unsigned(&self) -> bool {
        self.verified.as_ref().is_some_and(Verified::payload_unsigned)
    }
}

/// What callers are checked against: everything is at hand, and only a custom authorizer is somebody to ask.
pub(crate) struct Authenticator<'s> {
    pub(crate) core: &'s Core,
    pub(crate) snapshot: &'s Snapshot,
}

impl<'s> Authenticator<'s> {
    /// Authenticates and takes in the body: the head is checked first, so that a bad key, date, token or signature
    /// over a declared digest is refused without reading it.
    ///
    /// A custom authorizer that is the second factor is asked after the first one holds; one that stands alone, before
    /// the body is read, unless it looks at it.
    ///
    /// # Errors
    /// 401 with the code of the API's scheme; what the custom authorizer may answer; whatever reading the body may.
    pub(crate) async fn authenticate(
        &self,
        request: &Request,
        routed: &Routed<'_>,
        body: Unread,
    ) -> Result<(Caller<'s>, Body), Reject> {
        let Some(id) = &routed.release.authorizer else { return self.identify(request, routed, body).await };
        let question = Question { core: self.core, request, routed, body: None, side: Side::Frontend };
        let (caller, body, context) = if self.decides_by_the_head(routed, id) {
            let context = question.ask(id).await?;
            let (caller, body) = self.identify(request, routed, body).await?;
            (caller, body, context)
        } else {
            let (caller, body) = self.identify(request, routed, body).await?;
            let context = Question { body: Some(&body), ..question }.ask(id).await?;
            (caller, body, context)
        };
        Ok((Caller { context: Some(context), ..caller }, body))
    }

    fn decides_by_the_head(&self, routed: &Routed<'_>, id: &AuthorizerId) -> bool {
        let takes_body = self.snapshot.authorizer(id).is_some_and(|authorizer| authorizer.takes_body);
        routed.release.auth == Auth::Authorizer && !takes_body
    }

    /// Who calls, by what the gateway itself can check.
    async fn identify(
        &self,
        request: &Request,
        routed: &Routed<'_>,
        body: Unread,
    ) -> Result<(Caller<'s>, Body), Reject> {
        let release = routed.release;
        let unsigned_payload = release.unsigned_payload == UnsignedPayload::Allow;
        let policy = Policy { unsigned_payload, ..Policy::default() };
        let family = match release.auth {
            Auth::None => return accept(Who::Anonymous, Scheme::None, body).await,
            Auth::Authorizer => return accept(Who::Custom, Scheme::Authorizer, body).await,
            Auth::App => Family::App,
            Auth::Iam => Family::Iam,
        };
        match credential::find(request, family)? {
            Credential::Token(token) => {
                accept(self.bearer(token, request.arrived)?, Scheme::Token, body).await
            }
            Credential::Signature(presented) => self.verify(request, family, (presented, policy), body).await,
        }
    }

    async fn verify(
        &self,
        request: &Request,
        family: Family,
        (presented, policy): (Presented<'_>, Policy),
        body: Unread,
    ) -> Result<(Caller<'s>, Body), Reject> {
        let refuse = |error| family.refuse(&error);
        presented.check_time(request.arrived).map_err(refuse)?;
        let holder = self.holder(family, &presented, request.arrived)?;
        let claim = presented.claim(request, holder.key(), policy).map_err(refuse)?;
        let mut hasher = claim.body_hasher();
        let body = body.receive(|piece| hasher.update(piece)).await?;
        let verified = claim.finish(hasher).map_err(refuse)?;
        let caller =
            Caller { who: holder.who, scheme: holder.scheme, verified: Some(verified), context: None };
        Ok((caller, body))
    }
}

/// Nothing about the body had to be proven.
async fn accept(who: Who<'_>, scheme: Scheme, body: Unread) -> Result<(Caller<'_>, Body), Reject> {
    Ok((Caller { who, scheme, verified: None, context: None }, body.receive(|_| {}).await?))
}
