use serde::Serialize;
use std::collections::BTreeMap;

/// Answer to what a cloud would do later: creating a gateway.
#[derive(Debug, Clone, Serialize)]
pub struct InstanceAccepted {
    /// The gateway.
    pub instance_id: String,
    /// In words.
    pub message: String,
    /// Id of the job; there is none.
    pub job_id: String,
}

/// A gateway in a list.
#[derive(Debug, Clone, Serialize)]
pub struct InstanceView {
    /// Its id.
    pub id: String,
    /// Its project.
    pub project_id: String,
    /// Its name.
    pub instance_name: String,
    /// State in words.
    pub status: String,
    /// State as a number.
    pub instance_status: u8,
    /// Always `apig`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Edition.
    pub spec: String,
    /// When it was created, Unix milliseconds.
    pub create_time: u64,
    /// Enterprise project.
    pub enterprise_project_id: String,
    /// Public address.
    pub eip_address: String,
    /// Always 0: pay per use.
    pub charging_mode: u8,
    /// Not used.
    pub cbc_metadata: String,
    /// `lvs` or `elb`.
    pub loadbalancer_provider: String,
    /// Not used.
    pub cbc_operation_locks: Vec<serde_json::Value>,
}

/// A gateway with everything about it.
#[derive(Debug, Clone, Serialize)]
pub struct InstanceDetailView {
    /// What a list shows.
    #[serde(flatten)]
    pub base: InstanceView,
    /// Free text.
    pub description: String,
    /// Virtual network.
    pub vpc_id: String,
    /// Subnet.
    pub subnet_id: String,
    /// Security group.
    pub security_group_id: String,
    /// Begin of the maintenance window.
    pub maintain_begin: String,
    /// End of the maintenance window.
    pub maintain_end: String,
    /// Address for callers.
    pub ingress_ip: String,
    /// Address for callers, version 6.
    pub ingress_ip_v6: String,
    /// Who created it.
    pub user_id: String,
    /// Not used.
    pub nat_eip_ipv6_cidr: String,
    /// Not used.
    pub eip_ipv6_address: String,
    /// Not used.
    pub nat_eip_address: String,
    /// Outbound bandwidth in Mbit/s.
    pub bandwidth_size: u32,
    /// How outbound bandwidth is billed.
    pub bandwidth_charging_mode: String,
    /// Availability zones as text: `[a, b]`.
    pub available_zone_ids: String,
    /// Version of the gateway.
    pub instance_version: String,
    /// Not used.
    pub virsubnet_id: String,
    /// Not used.
    pub roma_eip_address: String,
    /// Not used.
    pub listeners: BTreeMap<String, String>,
    /// Names of the features it knows.
    pub supported_features: Vec<String>,
    /// Its endpoint service.
    pub endpoint_service: EndpointServiceView,
    /// All its endpoint services.
    pub endpoint_services: Vec<EndpointServiceView>,
    /// Addresses of its nodes.
    pub node_ips: NodeIpsView,
    /// Addresses of its nodes, version 6.
    pub node_ipv6_ips: NodeIpsView,
    /// Not used.
    pub public_ipv6_ips: Vec<String>,
    /// Public addresses.
    pub publicips: Vec<IpDetailsView>,
    /// Private addresses.
    pub privateips: Vec<IpDetailsView>,
    /// Not used.
    pub unreliable_ips: Vec<String>,
    /// Not used.
    pub enable_fullstack_ipv6: bool,
    /// Whether it can be removed.
    pub is_releasable: bool,
    /// How inbound bandwidth is billed.
    pub ingress_bandwidth_charging_mode: String,
}

/// An endpoint service.
#[derive(Debug, Clone, Serialize)]
pub struct EndpointServiceView {
    /// `<region>.<name>.<uuid>`.
    pub service_name: String,
    /// When it was created, RFC 3339.
    pub created_at: String,
}

/// Addresses of nodes.
#[derive(Debug, Clone, Default, Serialize)]
pub struct NodeIpsView {
    /// Of one kind of node.
    pub livedata: Vec<String>,
    /// Of the data plane.
    pub shubao: Vec<String>,
}

/// An address.
#[derive(Debug, Clone, Default, Serialize)]
pub struct IpDetailsView {
    /// Version 4.
    pub ip_address: String,
    /// Version 6.
    pub ipv6_address: String,
    /// Bandwidth in Mbit/s.
    pub bandwidth_size: u32,
}

/// How far the creation of a gateway is.
#[derive(Debug, Clone, Serialize)]
pub struct ProgressView {
    /// Percent.
    pub progress: u8,
    /// `creating`, `success` or `failed`.
    pub status: String,
    /// Code of a failure.
    pub error_code: String,
    /// Failure in words.
    pub error_msg: String,
    /// Begin, Unix milliseconds.
    pub start_time: u64,
    /// End, Unix milliseconds.
    pub end_time: u64,
}

/// Networks a gateway cannot reach.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RestrictionView {
    /// Networks.
    pub restrict_cidrs: Vec<String>,
    /// Network of its resources.
    pub resource_subnet_cidr: String,
}

/// Answer to asking for availability zones.
#[derive(Debug, Clone, Serialize)]
pub struct AvailableZonesView {
    /// The zones.
    pub available_zones: Vec<AvailableZoneView>,
}

/// An availability zone.
#[derive(Debug, Clone, Serialize)]
pub struct AvailableZoneView {
    /// Its name.
    pub name: String,
    /// Its id.
    pub id: String,
    /// Its code.
    pub code: String,
    /// Its port.
    pub port: String,
    /// Its name for readers.
    pub local_name: LocalNameView,
    /// Which editions it offers.
    pub specs: BTreeMap<String, bool>,
}

/// A name in two languages.
#[derive(Debug, Clone, Serialize)]
pub struct LocalNameView {
    /// English.
    pub en_us: String,
    /// Chinese.
    pub zh_cn: String,
}
