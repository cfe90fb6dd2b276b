//! A gateway as clients see it.

use countersign_api_types::instances::{EndpointServiceView, InstanceDetailView, InstanceView, NodeIpsView};
use countersign_control::instances::features;
use countersign_control::{Control, Instance};
use std::collections::BTreeMap;

pub(super) fn view(instance: &Instance) -> InstanceView {
    InstanceView {
        id: instance.id.to_string(),
        project_id: instance.project_id.to_string(),
        instance_name: instance.name.clone(),
        status: "Running".to_owned(),
        instance_status: 6,
        kind: "apig".to_owned(),
        spec: instance.spec.clone(),
        create_time: instance.created.unix_millis(),
        enterprise_project_id: instance.placement.enterprise_project_id.clone(),
        eip_address: String::new(),
        charging_mode: 0,
        cbc_metadata: String::new(),
        loadbalancer_provider: instance.placement.loadbalancer_provider.clone(),
        cbc_operation_locks: Vec::new(),
    }
}

pub(super) fn detail(control: &Control, instance: &Instance) -> InstanceDetailView {
    let placement = &instance.placement;
    let service = endpoint_service(control, instance);
    InstanceDetailView {
        base: view(instance),
        description: instance.description.clone(),
        vpc_id: placement.vpc_id.clone(),
        subnet_id: placement.subnet_id.clone(),
        security_group_id: placement.security_group_id.clone(),
        maintain_begin: instance.maintenance.begin.clone(),
        maintain_end: instance.maintenance.end.clone(),
        ingress_ip: String::new(),
        ingress_ip_v6: String::new(),
        user_id: instance.user_id.clone(),
        nat_eip_ipv6_cidr: String::new(),
        eip_ipv6_address: String::new(),
        nat_eip_address: String::new(),
        bandwidth_size: placement.bandwidth_size,
        bandwidth_charging_mode: placement.bandwidth_charging_mode.clone(),
        available_zone_ids: format!("[{}]", placement.zones.join(", ")),
        instance_version: env!("CARGO_PKG_VERSION").to_owned(),
        virsubnet_id: String::new(),
        roma_eip_address: String::new(),
        listeners: BTreeMap::new(),
        supported_features: features::names().map(str::to_owned).collect(),
        endpoint_service: service.clone(),
        endpoint_services: vec![service],
        node_ips: NodeIpsView::default(),
        node_ipv6_ips: NodeIpsView::default(),
        public_ipv6_ips: Vec::new(),
        publicips: Vec::new(),
        privateips: Vec::new(),
        unreliable_ips: Vec::new(),
        enable_fullstack_ipv6: false,
        is_releasable: true,
        ingress_bandwidth_charging_mode: placement.ingress_bandwidth_charging_mode.clone(),
    }
}

fn endpoint_service(control: &Control, instance: &Instance) -> EndpointServiceView {
    let name = match instance.placement.endpoint_service.as_str() {
        "" => "apig",
        name => name,
    };
    EndpointServiceView {
        service_name: format!("{}.{name}.{}", control.region, instance.id),
        created_at: instance.created.rfc3339().to_string(),
    }
}
