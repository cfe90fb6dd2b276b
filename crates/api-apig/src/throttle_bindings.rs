//! `/v2/{project_id}/apigw/instances/{instance_id}/throttle-bindings`

mod batch_delete;
mod bound_apis;
mod bound_throttles;
mod create;
mod delete;
mod unbound_apis;
mod view;

use crate::endpoints::{Endpoint, endpoint};

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint("AssociateRequestThrottlingPolicyV2", create::handle),
    endpoint("BatchDisassociateThrottlingPolicyV2", batch_delete::handle),
    endpoint("ListApisBindedToRequestThrottlingPolicyV2", bound_apis::handle),
    endpoint("ListRequestThrottlingPoliciesBindedToApiV2", bound_throttles::handle),
    endpoint("ListApisUnbindedToRequestThrottlingPolicyV2", unbound_apis::handle),
    endpoint("DisassociateRequestThrottlingPolicyV2", delete::handle),
];
