//! A custom authorizer as the data plane asks it.

use super::gateway::is_on;
use crate::apis::Location;
use crate::authorizers::Identity;
use crate::{Authorizer, Functions, Instance};
use countersign_snapshot::source::{self, ContextValues, IdentitySource};

/// How long a function may take to decide, in milliseconds.
const TIMEOUT_MS: u32 = 5_000;

/// The authorizer on its gateway.
pub(super) fn compile(
    authorizer: &Authorizer,
    gateway: Option<&Instance>,
    functions: &Functions,
) -> source::Authorizer {
    let draft = &authorizer.draft;
    let scalars = gateway.is_some_and(|gateway| is_on(gateway, "authorizer_context_support_num_bool"));
    source::Authorizer {
        id: authorizer.id.clone(),
        url: draft.function.url(functions).map(str::to_owned),
        identities: draft.identities.iter().map(identity).collect(),
        ttl_seconds: draft.ttl_seconds,
        user_data: draft.user_data.clone().unwrap_or_default(),
        takes_body: draft.need_body,
        context: if scalars { ContextValues::Scalars } else { ContextValues::Texts },
        timeout_ms: TIMEOUT_MS,
    }
}

fn identity(identity: &Identity) -> IdentitySource {
    IdentitySource {
        name: identity.name.clone(),
        location: match identity.location {
            Location::Path => source::Location::Path,
            Location::Query => source::Location::Query,
            Location::Header => source::Location::Header,
        },
        pattern: identity.validation.clone().filter(|pattern| !pattern.is_empty()),
    }
}
