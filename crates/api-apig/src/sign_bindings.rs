//! `/v2/{project_id}/apigw/instances/{instance_id}/sign-bindings`

mod binded_apis;
mod binded_signs;
mod create;
mod delete;
mod unbinded_apis;
mod view;

use crate::call::Call;
use crate::endpoints::{Endpoint, endpoint};
use countersign_control::bindings::PlaceFilter;

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint("AssociateSignatureKeyV2", create::handle),
    endpoint("ListApisBindedToSignatureKeyV2", binded_apis::handle),
    endpoint("ListSignatureKeysBindedToApiV2", binded_signs::handle),
    endpoint("ListApisNotBoundWithSignatureKeyV2", unbinded_apis::handle),
    endpoint("DisassociateSignatureKeyV2", delete::handle),
];

/// Which publications the lists of APIs show.
fn places(call: &Call) -> PlaceFilter {
    PlaceFilter {
        api_id: call.exact("api_id"),
        api_name: call.filter("api_name"),
        group_id: call.exact("group_id"),
        env_id: call.exact("env_id"),
        tags: call.query_all("tags"),
        ..PlaceFilter::default()
    }
}
