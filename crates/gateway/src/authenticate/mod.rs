//! Who calls. The only way to a [`Caller`] of a signed API is a compared signature.

mod family;
mod signature;

use crate::{
    accept::{Body, Request, Unread},
    reject::{Reject, Stage},
    route::Routed,
};
use countersign_snapshot::{Keys, source::Auth};
use countersign_types::{AppId, DomainId, ProjectId, UserId};
use countersign_verify::Verified;
use family::Family;

/// Proof that the caller is who they say.
pub(crate) struct Caller<'s> {
    who: Who<'s>,
    /// `None` only for APIs that ask nobody.
    verified: Option<Verified>,
}

/// Whom a request comes from.
pub(crate) enum Who<'s> {
    /// Nobody was asked.
    Anonymous,
    /// An app of the data plane.
    App { id: &'s AppId, name: &'s str },
    /// A user of the identity service.
    User { id: &'s UserId, domain_id: &'s DomainId, project_ids: &'s [ProjectId] },
}

impl<'s> Caller<'s> {
    pub(crate) fn who(&self) -> &Who<'s> {
        &self.who
    }

    /// Whether the body is not covered by the signature.
    pub(crate) fn payload_unsigned(&self) -> bool {
        self.verified.as_ref().is_some_and(Verified::payload_unsigned)
    }
}

/// Authenticates and takes in the body: the head is checked first, so that a bad key, date or signature over a
/// declared digest is refused without reading it.
///
/// # Errors
/// 401 with the code of the API's scheme; whatever reading the body may answer.
pub(crate) async fn authenticate<'s>(
    request: &Request,
    routed: &Routed<'_>,
    keys: &'s Keys,
    body: Unread,
) -> Result<(Caller<'s>, Body), Reject> {
    let family = match routed.release.auth {
        Auth::None => {
            return Ok((Caller { who: Who::Anonymous, verified: None }, body.receive(|_| {}).await?));
        }
        Auth::App => Family::App,
        Auth::Iam => Family::Iam,
    };
    let (who, claim) = signature::claim(request, family, routed.release.unsigned_payload, keys)?;
    let mut hasher = claim.body_hasher();
    let body = body.receive(|piece| hasher.update(piece)).await?;
    let verified = claim.finish(hasher).map_err(|error| family.refuse(&error))?;
    Ok((Caller { who, verified: Some(verified) }, body))
}

/// The stage's refusals.
fn reject(family: Family, reason: &'static str, detail: String) -> Reject {
    Reject::new(Stage::Authenticate, family.code(), reason).detail(detail)
}
