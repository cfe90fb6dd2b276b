use super::TagView;
use serde::Deserialize;

/// Body of creating a gateway.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstanceCreate {
    /// Free text.
    pub description: Option<String>,
    /// Begin of the maintenance window, `HH:00:00`.
    pub maintain_begin: Option<String>,
    /// End of the maintenance window, `HH:00:00`.
    pub maintain_end: Option<String>,
    /// Its name, 3 to 64 characters.
    pub instance_name: Option<String>,
    /// Wanted id.
    pub instance_id: Option<String>,
    /// Edition.
    pub spec_id: Option<String>,
    /// Virtual network.
    pub vpc_id: Option<String>,
    /// Subnet.
    pub subnet_id: Option<String>,
    /// Security group.
    pub security_group_id: Option<String>,
    /// Public address; accepted, not used.
    pub eip_id: Option<String>,
    /// Enterprise project.
    pub enterprise_project_id: Option<String>,
    /// Availability zones.
    pub available_zone_ids: Option<Vec<String>>,
    /// Outbound bandwidth in Mbit/s.
    pub bandwidth_size: Option<u32>,
    /// How outbound bandwidth is billed.
    pub bandwidth_charging_mode: Option<String>,
    /// Accepted, not used.
    pub ipv6_enable: Option<bool>,
    /// `lvs` or `elb`.
    pub loadbalancer_provider: Option<String>,
    /// Tags.
    pub tags: Option<Vec<TagView>>,
    /// Middle part of the endpoint service's name.
    pub vpcep_service_name: Option<String>,
    /// Inbound bandwidth in Mbit/s; accepted, not used.
    pub ingress_bandwidth_size: Option<u32>,
    /// How inbound bandwidth is billed.
    pub ingress_bandwidth_charging_mode: Option<String>,
}

/// Body of changing a gateway; what is absent stays.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstanceUpdate {
    /// Free text.
    pub description: Option<String>,
    /// Begin of the maintenance window.
    pub maintain_begin: Option<String>,
    /// End of the maintenance window.
    pub maintain_end: Option<String>,
    /// Its name.
    pub instance_name: Option<String>,
    /// Security group.
    pub security_group_id: Option<String>,
    /// Middle part of the endpoint service's name.
    pub vpcep_service_name: Option<String>,
}
