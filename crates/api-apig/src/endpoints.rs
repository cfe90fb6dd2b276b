//! Which function serves which operation: the endpoint table.

use crate::answer::Answer;
use crate::call::Call;
use crate::contract::Operation;
use crate::{
    acl_bindings, acls, api_groups, apis, app_acl, app_auths, app_quotas, apps, authorizers, diagnosis,
    env_variables, envs, features, instance_tags, instances, metric_data, microservice, openapi, quotas,
    resources_outline, sign_bindings, signs, statistics, tags, throttle_bindings, throttles, vpc_channels,
};
use countersign_control::Error;
use countersign_types::limits::MANAGEMENT_BODY_BYTES_MAX;

/// Serves one operation. It runs on the blocking pool and may talk to the store.
pub(crate) type Handler = fn(&Call) -> Result<Answer, Error>;

/// An operation by its name in the contract, and the function that serves it.
pub(crate) struct Endpoint {
    /// Name of the operation.
    pub(crate) operation: &'static str,
    /// Its function.
    pub(crate) handler: Handler,
    /// Whether a call wishes the second of the two actions that guard its operation.
    pub(crate) is_offline: fn(&Call) -> bool,
    /// Largest body, in bytes.
    pub(crate) body_bytes_max: usize,
}

impl Endpoint {
    /// The same for an operation that brings online or takes offline.
    pub(crate) const fn offline_if(self, is_offline: fn(&Call) -> bool) -> Self {
        Self { is_offline, ..self }
    }

    /// The same for an operation whose bodies may be larger than others'.
    pub(crate) const fn body_up_to(self, bytes: usize) -> Self {
        Self { body_bytes_max: bytes, ..self }
    }
}

/// An entry of a folder's table.
pub(crate) const fn endpoint(operation: &'static str, handler: Handler) -> Endpoint {
    Endpoint { operation, handler, is_offline: |_| false, body_bytes_max: MANAGEMENT_BODY_BYTES_MAX }
}

/// The tables of all folders.
const TABLES: &[&[Endpoint]] = &[
    instances::ENDPOINTS,
    features::ENDPOINTS,
    quotas::ENDPOINTS,
    instance_tags::ENDPOINTS,
    api_groups::ENDPOINTS,
    api_groups::gateway_responses::ENDPOINTS,
    envs::ENDPOINTS,
    env_variables::ENDPOINTS,
    apps::ENDPOINTS,
    app_quotas::ENDPOINTS,
    apis::ENDPOINTS,
    openapi::ENDPOINTS,
    resources_outline::ENDPOINTS,
    metric_data::ENDPOINTS,
    statistics::ENDPOINTS,
    tags::ENDPOINTS,
    app_auths::ENDPOINTS,
    throttles::ENDPOINTS,
    throttle_bindings::ENDPOINTS,
    authorizers::ENDPOINTS,
    microservice::ENDPOINTS,
    vpc_channels::ENDPOINTS,
    acl_bindings::ENDPOINTS,
    acls::ENDPOINTS,
    app_acl::ENDPOINTS,
    signs::ENDPOINTS,
    sign_bindings::ENDPOINTS,
    diagnosis::ENDPOINTS,
];

/// Everything that is built.
pub(crate) fn all() -> impl Iterator<Item = &'static Endpoint> {
    TABLES.iter().copied().flatten()
}

/// The endpoint of this operation, if it is built.
pub(crate) fn find(operation: &Operation) -> Option<&'static Endpoint> {
    all().find(|endpoint| endpoint.operation == operation.entry.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{EXTENSIONS, OPERATIONS};
    use std::collections::HashSet;

    #[test]
    fn every_endpoint_serves_an_operation_of_the_contract_and_no_two_serve_the_same() {
        let mut seen = HashSet::new();
        for endpoint in all() {
            assert!(
                OPERATIONS.iter().chain(EXTENSIONS.iter()).any(|o| o.entry.name == endpoint.operation),
                "{} is unknown",
                endpoint.operation
            );
            assert!(seen.insert(endpoint.operation), "{} is served twice", endpoint.operation);
        }
        assert!(EXTENSIONS.iter().all(|operation| find(operation).is_some()));
    }
}
