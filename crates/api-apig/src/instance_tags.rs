//! `/v2/{project_id}/apigw/instances/{instance_id}/instance-tags` and `/v2/{project_id}/apigw/instance-tags`

mod change;
mod list;
mod list_of_project;

use crate::endpoints::{Endpoint, endpoint};

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint("ListProjectInstanceTags", list_of_project::handle),
    endpoint("ListInstanceTags", list::handle),
    endpoint("BatchCreateOrDeleteInstanceTags", change::handle),
];
