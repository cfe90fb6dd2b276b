//! `/v2/{project_id}/apigw/instances`

mod create;
mod delete;
mod list;
mod progress;
mod restriction;
mod show;
mod update;
mod view;

use crate::endpoints::{Endpoint, endpoint};

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint("ListInstancesV2", list::handle),
    endpoint("CreateInstanceV2", create::handle),
    endpoint("DeleteInstancesV2", delete::handle),
    endpoint("ShowDetailsOfInstanceV2", show::handle),
    endpoint("UpdateInstanceV2", update::handle),
    endpoint("ShowDetailsOfInstanceProgressV2", progress::handle),
    endpoint("ShowRestrictionOfInstanceV2", restriction::handle),
];
