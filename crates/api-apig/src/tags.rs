//! `/v2/{project_id}/apigw/instances/{instance_id}/tags`

mod list;

use crate::endpoints::{Endpoint, endpoint};

pub(crate) const ENDPOINTS: &[Endpoint] = &[endpoint("ListTagsV2", list::handle)];
