//! `/v2/{project_id}/apigw/instances/{instance_id}/resources/outline`

mod apis;
mod apps;
mod groups;

use crate::endpoints::{Endpoint, endpoint};

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint("ListApiQuantitiesV2", apis::handle),
    endpoint("ListAppQuantitiesV2", apps::handle),
    endpoint("ListApiGroupsQuantitiesV2", groups::handle),
];
