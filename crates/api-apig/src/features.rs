//! `/v2/{project_id}/apigw/instances/{instance_id}/features` and `…/instance-features`

mod list;
mod names;
mod set;

use crate::endpoints::{Endpoint, endpoint};
use countersign_api_types::instances::FeatureView;
use countersign_control::InstanceRef;
use countersign_control::instances::features::NamedFeature;

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint("ListFeaturesV2", list::handle),
    endpoint("CreateFeatureV2", set::handle),
    endpoint("ListInstanceFeatures", names::handle),
];

fn view(at: &InstanceRef, named: NamedFeature) -> FeatureView {
    FeatureView {
        id: named.name.clone(),
        name: named.name,
        enable: named.feature.enabled,
        config: named.feature.config,
        instance_id: at.id.to_string(),
        update_time: named.feature.updated.rfc3339().to_string(),
    }
}
