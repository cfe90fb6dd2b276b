//! Who calls. The only ways to a [`Caller`] of an API that asks are a compared signature and an opened token.

mod app;
mod caller;
mod credential;
mod family;
mod holder;
mod inquiry;
mod lockout;
mod pending;
mod signature;
mod signed;
mod token;
mod trial;

pub(crate) use app::API_KEY;
pub(crate) use caller::{Caller, Scheme, Who};
pub(crate) use inquiry::InquiryBudget;
pub(crate) use lockout::Lockout;
pub(crate) use token::Sessions;

use crate::{
    accept::{Body, Request, Unread},
    access::Entered,
    authorizer::Question,
    core::Core,
    reject::Reject,
    route::Routed,
};
use countersign_snapshot::{
    Snapshot,
    source::{Auth, Side, UnsignedPayload},
};
use countersign_types::{AuthorizerId, Timestamp};
use countersign_verify::{Policy, Presented};
use credential::Credential;
use family::Family;
use http::header;
use inquiry::Inquiry;
use lockout::Attempt;
use pending::Signatory;
use signed::Signed;
use std::net::IpAddr;

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
        entered: &Entered<'_>,
        body: Unread,
    ) -> Result<(Caller<'s>, Body), Reject> {
        let routed = &entered.routed;
        let Some(id) = &routed.release.authorizer else { return self.identify(request, entered, body).await };
        let question = Question { core: self.core, request, routed, body: None, side: Side::Frontend };
        let (caller, body, context) = if self.decides_by_the_head(routed, id) {
            let context = question.ask(id).await?;
            let (caller, body) = self.identify(request, entered, body).await?;
            (caller, body, context)
        } else {
            let (caller, body) = self.identify(request, entered, body).await?;
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
        entered: &Entered<'_>,
        body: Unread,
    ) -> Result<(Caller<'s>, Body), Reject> {
        let family = match entered.routed.release.auth {
            Auth::None => return accept(Who::Anonymous, Scheme::None, body).await,
            Auth::Authorizer => return accept(Who::Custom, Scheme::Authorizer, body).await,
            Auth::App => Family::App,
            Auth::Iam => Family::Iam,
        };
        let routed = &entered.routed;
        let carrier = match family {
            Family::App => &routed.gateway.carriers.authorization,
            Family::Iam => &header::AUTHORIZATION,
        };
        let head = Signed::new(request, carrier);
        let credential = match credential::find(&head, routed, family) {
            Ok(credential) => credential,
            Err(reject) => {
                return Err(explain_unread(Inquiry::of(self, &head, routed, family), reject, body).await);
            }
        };
        match credential {
            Credential::Token(token) => {
                accept(self.bearer(token, request.arrived)?, Scheme::Token, body).await
            }
            Credential::App(shown) => {
                let (who, scheme) = self.app(&shown, request, routed)?;
                accept(who, scheme, body).await
            }
            Credential::Signature(presented) => self.verify(&head, entered, (family, presented), body).await,
        }
    }

    async fn verify(
        &self,
        head: &Signed<'_>,
        entered: &Entered<'_>,
        (family, presented): (Family, Presented<'_>),
        body: Unread,
    ) -> Result<(Caller<'s>, Body), Reject> {
        let inquiry = || Inquiry::of(self, head, &entered.routed, family);
        let claimed =
            self.signatory(entered, (family, &presented), head.request.arrived).and_then(|signatory| {
                let claim = signatory.claim(head, presented)?;
                Ok((signatory, claim))
            });
        let (signatory, claim) = match claimed {
            Ok(claimed) => claimed,
            Err(reject) => return Err(explain_unread(inquiry(), reject, body).await),
        };
        let mut hasher = claim.body_hasher();
        let body = body.receive(|piece| hasher.update(piece)).await?;
        match signatory.finish(head, claim, hasher) {
            Ok(caller) => Ok((caller, body)),
            Err(reject) => Err(match inquiry() {
                Some(inquiry) => inquiry.explain(reject, Some(&body)),
                None => reject,
            }),
        }
    }

    /// Who says that the signature is theirs, at a time that can be true.
    fn signatory(
        &self,
        entered: &Entered<'_>,
        (family, presented): (Family, &Presented<'_>),
        now: Timestamp,
    ) -> Result<Signatory<'s>, Reject> {
        let unsigned_payload = entered.routed.release.unsigned_payload == UnsignedPayload::Allow;
        let policy = Policy { unsigned_payload, ..Policy::default() };
        presented.check_time(now).map_err(|error| family.refuse(&error))?;
        let holder = self.holder(family, presented, now)?;
        let attempt = self.attempt(family, presented.access_key(), entered.routed.source, now)?;
        Ok(Signatory { holder, attempt, family, policy, now })
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
                let attempt = self.core.lockout.attempt(access_key, source, now);
                attempt.map(Some).ok_or_else(|| family.locked())
            }
        }
    }
}

/// The refusal, with what is wrong if somebody asks.
async fn explain_unread(inquiry: Option<Inquiry<'_>>, reject: Reject, body: Unread) -> Reject {
    match inquiry {
        Some(inquiry) => inquiry.explain_unread(reject, body).await,
        None => reject,
    }
}

/// Nothing about the body had to be proven.
async fn accept(who: Who<'_>, scheme: Scheme, body: Unread) -> Result<(Caller<'_>, Body), Reject> {
    Ok((Caller { who, scheme, verified: None, context: None }, body.receive(|_| {}).await?))
}
