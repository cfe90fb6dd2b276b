//! `/v2/{project_id}/apigw/instances/{instance_id}/acl-bindings`

mod binded_acls;
mod binded_apis;
mod create;
mod delete;
mod delete_many;
mod unbinded_apis;

use crate::call::Call;
use crate::endpoints::{Endpoint, endpoint};
use countersign_control::bindings::PlaceFilter;

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint("CreateApiAclBindingV2", create::handle),
    endpoint("BatchDeleteApiAclBindingV2", delete_many::handle),
    endpoint("ListAclPolicyBindedToApiV2", binded_acls::handle),
    endpoint("ListApisBindedToAclPolicyV2", binded_apis::handle),
    endpoint("ListApisUnbindedToAclPolicyV2", unbinded_apis::handle),
    endpoint("DeleteApiAclBindingV2", delete::handle),
];

/// Which APIs both lists of APIs show.
fn filter(call: &Call) -> PlaceFilter {
    PlaceFilter {
        api_id: call.exact("api_id"),
        api_name: call.filter("api_name"),
        group_id: call.exact("group_id"),
        env_id: call.exact("env_id"),
        tags: call.query_all("tags"),
        ..PlaceFilter::default()
    }
}

/// 1 for an API that is listed for others, 2 for one that is not.
const fn api_type(public: bool) -> u8 {
    if public { 1 } else { 2 }
}
