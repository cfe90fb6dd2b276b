//! What a request shows: exactly one credential, or it is unclear who is meant.

use super::{
    app::{self, AppCredential},
    family::Family,
    signed::Signed,
};
use crate::{accept::Request, reject::Reject, route::Routed};
use countersign_verify::Presented;
use http::HeaderName;

pub(super) const TOKEN: HeaderName = HeaderName::from_static("x-auth-token");
pub(super) const APP_CODE: HeaderName = HeaderName::from_static("x-apig-appcode");
pub(super) const APP_ID: HeaderName = HeaderName::from_static("x-hw-id");
/// Carriers of a credential besides `Authorization`.
static BESIDE_SIGNATURE: [HeaderName; 3] = [TOKEN, APP_CODE, APP_ID];
/// What must not accompany a token; a security token means nothing without a signature.
static BESIDE_TOKEN: [HeaderName; 3] = [APP_CODE, APP_ID, HeaderName::from_static("x-security-token")];

/// The one credential of a request; nothing of it is verified.
#[expect(clippy::large_enum_variant, reason = "there is one a request, and it goes straight on")]
pub(super) enum Credential<'r> {
    /// A signature, permanent key or temporary.
    Signature(Presented<'r>),
    /// A token; not empty.
    Token(&'r str),
    /// What an app shows instead of a signature.
    App(AppCredential<'r>),
}

/// Finds it.
///
/// # Errors
/// There is none that the API takes, there are two, or it is malformed.
pub(super) fn find<'r>(
    head: &'r Signed<'r>,
    routed: &Routed<'_>,
    family: Family,
) -> Result<Credential<'r>, Reject> {
    match family {
        Family::App => app::find(head, routed),
        Family::Iam => iam(head.request),
    }
}

fn iam(request: &Request) -> Result<Credential<'_>, Reject> {
    let other = BESIDE_SIGNATURE.iter().find(|name| request.has(name));
    let presented = countersign_verify::present(request).map_err(|error| Family::Iam.refuse(&error))?;
    match (presented, other) {
        (Some(presented), None) => Ok(Credential::Signature(presented)),
        (Some(_), Some(other)) => Err(exclude(Family::Iam, "Authorization", other.as_str())),
        (None, Some(other)) if *other == TOKEN => token(request),
        (None, _) => Err(Family::Iam.missing()),
    }
}

fn token(request: &Request) -> Result<Credential<'_>, Reject> {
    if let Some(other) = BESIDE_TOKEN.iter().find(|name| request.has(name)) {
        return Err(exclude(Family::Iam, TOKEN.as_str(), other.as_str()));
    }
    let line = request
        .single(&TOKEN)
        .map_err(|_| Family::Iam.reject("repeated_header", format!("{TOKEN} stands twice")))?;
    let text = line.and_then(|line| line.to_str().ok()).filter(|text| !text.is_empty());
    text.map(Credential::Token).ok_or_else(|| Family::Iam.missing())
}

pub(super) fn exclude(family: Family, one: &str, other: &str) -> Reject {
    family.reject("two_credentials", format!("{one} and {other} exclude each other"))
}
