//! `…/instances/{instance_id}/project/configs`, `…/instance/configs` and `…/available-zones`: what there may be, and where.

mod available_zones;
mod of_gateway;
mod of_project;

use crate::endpoints::{Endpoint, endpoint};
use countersign_api_types::instances::InstanceConfigView;
use countersign_control::Quota;
use countersign_types::Timestamp;

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint("ListAvailableZonesV2", available_zones::handle),
    endpoint("ListInstanceConfigsV2", of_project::handle),
    endpoint("ListProjectCofigsV2", of_gateway::handle),
];

fn view(quota: Quota, since: Timestamp) -> InstanceConfigView {
    InstanceConfigView {
        config_id: quota.name.to_owned(),
        config_name: quota.name.to_owned(),
        config_value: quota.most.to_string(),
        config_time: since.rfc3339().to_string(),
        remark: quota.remark.to_owned(),
    }
}
