//! `/v5`: the newer API of the same service, and the token service beside it.

mod agencies;
pub(crate) mod authorization_message;
mod caller_identity;

use crate::endpoints::{Endpoint, endpoint, open};

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint("GetCallerIdentity", caller_identity::handle),
    endpoint("AssumeAgency", agencies::assume),
    open("AssumeAgencyWithOIDC", agencies::with_oidc::assume),
    endpoint("DecodeAuthorizationMessage", authorization_message::decode),
];
