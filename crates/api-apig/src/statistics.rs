//! `/v2/{project_id}/apigw/instances/{instance_id}/statistics`

mod api;
mod group;
mod view;

use crate::endpoints::{Endpoint, endpoint};

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint("ListLatelyApiStatisticsV2", api::handle),
    endpoint("ListLatelyGroupStatisticsV2", group::handle),
];
