//! `/v2/{project_id}/apigw/instances/{instance_id}/metric-data`

mod list;

use crate::endpoints::{Endpoint, endpoint};

pub(crate) const ENDPOINTS: &[Endpoint] = &[endpoint("ListMetricData", list::handle)];
