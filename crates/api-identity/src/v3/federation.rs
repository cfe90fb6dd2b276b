//! `/v3/OS-FEDERATION`

mod auth;
mod identity_providers;
mod mappings;
mod protocols;

use crate::endpoints::{Endpoint, endpoint, open};
use crate::v3::auth as caller;

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint("KeystoneListIdentityProviders", identity_providers::list),
    endpoint("KeystoneCreateIdentityProvider", identity_providers::create),
    endpoint("KeystoneShowIdentityProvider", identity_providers::show),
    endpoint("KeystoneUpdateIdentityProvider", identity_providers::update),
    endpoint("KeystoneDeleteIdentityProvider", identity_providers::delete),
    endpoint("KeystoneListProtocols", protocols::list),
    endpoint("KeystoneCreateProtocol", protocols::create),
    endpoint("KeystoneShowProtocol", protocols::show),
    endpoint("KeystoneUpdateProtocol", protocols::update),
    endpoint("KeystoneDeleteProtocol", protocols::delete),
    endpoint("KeystoneListMappings", mappings::list),
    endpoint("KeystoneCreateMapping", mappings::create),
    endpoint("KeystoneShowMapping", mappings::show),
    endpoint("KeystoneUpdateMapping", mappings::update),
    endpoint("KeystoneDeleteMapping", mappings::delete),
    endpoint("KeystoneListFederationProjects", caller::projects::handle),
    endpoint("KeystoneListFederationDomains", caller::domains::handle),
    open("CreateUnscopedTokenWithIdToken", auth::create),
];
