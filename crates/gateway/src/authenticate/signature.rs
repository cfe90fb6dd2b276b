//! AK/SK and AppKey/AppSecret signatures, up to the body.

use super::{Who, family::Family, reject};
use crate::{accept::Request, reject::Reject};
use countersign_snapshot::{Keys, source::UnsignedPayload};
use countersign_verify::{Claim, Policy};
use http::HeaderName;

/// Carriers of a credential besides `Authorization`: with two of them it is unclear who is meant.
static OTHER_CARRIERS: [HeaderName; 3] =
    [TOKEN, HeaderName::from_static("x-apig-appcode"), HeaderName::from_static("x-hw-id")];
const TOKEN: HeaderName = HeaderName::from_static("x-auth-token");

/// Checks grammar, date, key and everything else that the head alone decides, in this order.
pub(super) fn claim<'s>(
    request: &Request,
    family: Family,
    unsigned: UnsignedPayload,
    keys: &'s Keys,
) -> Result<(Who<'s>, Claim), Reject> {
    let refuse = |error| family.refuse(&error);
    let other = OTHER_CARRIERS.iter().find(|name| request.has(name));
    let presented = countersign_verify::present(request).map_err(refuse)?;
    let presented = match (presented, other) {
        (Some(presented), None) => presented,
        (Some(_), Some(other)) => {
            return Err(reject(
                family,
                "two_credentials",
                format!("Authorization and {other} exclude each other"),
            ));
        }
        (None, Some(other)) if family == Family::Iam && *other == TOKEN => {
            return Err(reject(family, "token_unsupported", "x-auth-token is not accepted".to_owned()));
        }
        (None, _) => return Err(family.missing()),
    };
    presented.check_time(request.arrived).map_err(refuse)?;
    let access_key = presented.access_key();
    let entry = keys.get(access_key);
    let known = entry.and_then(|entry| Some((entry, family.accept(&entry.principal)?)));
    let (entry, who) = known.ok_or_else(|| family.unknown(access_key))?;
    if presented.security_token().is_some() {
        // All keys are permanent so far: a token would be one that belongs to another key.
        return Err(reject(
            family,
            "foreign_token",
            "x-security-token does not belong to the access key".to_owned(),
        ));
    }
    let policy = Policy { unsigned_payload: unsigned == UnsignedPayload::Allow, ..Policy::default() };
    Ok((who, presented.claim(request, &entry.key, policy).map_err(refuse)?))
}
