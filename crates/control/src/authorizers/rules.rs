//! What an authorizer must satisfy. Every refusal names the member of the request that is wrong.

use super::{AuthorizerDraft, Identity, Side};
use crate::apis::{Location, is_parameter_name};
use crate::validate::{check, is_length, is_name};
use crate::{Error, Functions};
use std::collections::HashSet;

/// Most identities of an authorizer.
const IDENTITIES_MAX: usize = 10;
/// Longest time that a result holds, in seconds.
const TTL_SECONDS_MAX: u32 = 3_600;
/// Longest URN, version and pattern, in characters.
const URN_CHARS_MAX: usize = 255;
const VERSION_CHARS_MAX: usize = 64;
const PATTERN_CHARS_MAX: usize = 1_024;
/// Longest user data, in characters.
const USER_DATA_CHARS_MAX: usize = 2_048;

/// Checks everything that can be checked without looking at other objects.
///
/// # Errors
/// `APIG.2012`, `3019`, `3117` or `3212`.
pub(super) fn check_draft(draft: &AuthorizerDraft, functions: &Functions) -> Result<(), Error> {
    let AuthorizerDraft { function, identities, .. } = draft;
    check("name", is_name(&draft.name))?;
    check("authorizer_uri", is_length(&function.urn, (1, URN_CHARS_MAX)))?;
    check("authorizer_version", fits(function.version.as_deref(), VERSION_CHARS_MAX))?;
    check("authorizer_alias_uri", fits(function.alias_urn.as_deref(), URN_CHARS_MAX))?;
    check("user_data", fits(draft.user_data.as_deref(), USER_DATA_CHARS_MAX))?;
    check("ttl", draft.ttl_seconds <= TTL_SECONDS_MAX)?;
    if identities.len() > IDENTITIES_MAX {
        return Err(Error::identities_exceeded());
    }
    identities.iter().try_for_each(check_identity)?;
    let mut seen = HashSet::new();
    if let Some(twice) = identities.iter().find(|identity| !seen.insert(key(identity))) {
        return Err(Error::identity_taken(&twice.name));
    }
    // Results of callers whom nothing tells apart would be everybody's.
    let told_apart = draft.side == Side::Backend || draft.ttl_seconds == 0 || !identities.is_empty();
    check("identities", told_apart)?;
    function.url(functions).map(drop).ok_or_else(|| Error::function_not_found(&function.urn))
}

fn fits(text: Option<&str>, chars_max: usize) -> bool {
    text.is_none_or(|text| is_length(text, (0, chars_max)))
}

fn check_identity(identity: &Identity) -> Result<(), Error> {
    check("identities.name", is_parameter_name(&identity.name))?;
    check("identities.location", identity.location != Location::Path)?;
    check("identities.validation", fits(identity.validation.as_deref(), PATTERN_CHARS_MAX))
}

/// Header names are compared without case.
fn key(identity: &Identity) -> (&'static str, String) {
    let name = match identity.location {
        Location::Header => identity.name.to_ascii_lowercase(),
        Location::Path | Location::Query => identity.name.clone(),
    };
    (identity.location.as_str(), name)
}
