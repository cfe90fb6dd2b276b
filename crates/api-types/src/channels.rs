//! Load balance channels, and the microservices that they lead to.

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

/// Body of importing a microservice.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MicroserviceImport {
    /// Where its APIs go.
    pub group_info: Option<MicroserviceGroup>,
    /// `CCE` or `CSE`.
    pub service_type: Option<String>,
    /// `HTTP` or `HTTPS`; `HTTPS` when absent.
    pub protocol: Option<String>,
    /// Its APIs, 1 to 50.
    pub apis: Option<Vec<MicroserviceApi>>,
    /// Milliseconds; 5000 when absent.
    pub backend_timeout: Option<i64>,
    /// `NONE`, `APP` or `IAM`; `NONE` when absent.
    pub auth_type: Option<String>,
    /// Whether answers allow other origins.
    pub cors: Option<bool>,
    /// The service, with `CSE`.
    pub cse_info: Option<CseCreate>,
    /// The workload, with `CCE`.
    pub cce_info: Option<CceCreate>,
    /// Of service types that are not imported.
    pub cce_service_info: Option<IgnoredAny>,
    /// Of service types that are not imported.
    pub nacos_info: Option<IgnoredAny>,
}

/// The group that an import goes into.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MicroserviceGroup {
    /// A group that exists.
    pub group_id: Option<String>,
    /// Name of a new group, without `group_id`.
    pub group_name: Option<String>,
    /// Not used.
    pub app_id: Option<String>,
}

/// An API in front of a microservice.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MicroserviceApi {
    /// Its name.
    pub name: Option<String>,
    /// Its method; `ANY` when absent.
    pub req_method: Option<String>,
    /// Its path.
    pub req_uri: Option<String>,
    /// `SWA` or `NORMAL`; `SWA` when absent.
    pub match_mode: Option<String>,
}

/// A service of a microservice engine.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CseCreate {
    /// The engine.
    pub engine_id: Option<String>,
    /// The service.
    pub service_id: Option<String>,
    /// Its version.
    pub version: Option<String>,
}

/// A workload of a container cluster.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CceCreate {
    /// The cluster.
    pub cluster_id: Option<String>,
    /// Its namespace.
    pub namespace: Option<String>,
    /// `deployment`, `statefulset` or `daemonset`.
    pub workload_type: Option<String>,
    /// Name of the app.
    pub app_name: Option<String>,
    /// A label of the pods.
    pub label_key: Option<String>,
    /// Its value.
    pub label_value: Option<String>,
    /// Version of the app; not used.
    pub version: Option<String>,
    /// Port of the pods, 1 to 65535.
    pub port: Option<i64>,
    /// Further labels; not used.
    pub labels: Option<Vec<Label>>,
}

/// A label of a pod.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// Its key.
    pub label_name: Option<String>,
    /// Its value.
    pub label_value: Option<String>,
}

/// What an import made.
#[derive(Debug, Clone, Serialize)]
pub struct MicroserviceImported {
    /// The channel.
    pub vpc_channel_id: String,
    /// The group.
    pub api_group_id: String,
    /// The APIs.
    pub apis: Vec<MicroserviceApiView>,
}

/// An imported API as clients see it.
#[derive(Debug, Clone, Serialize)]
pub struct MicroserviceApiView {
    /// Its name.
    pub name: String,
    /// Its path.
    pub req_uri: String,
    /// Its method.
    pub req_method: &'static str,
    /// Its id.
    pub id: String,
    /// `SWA` or `NORMAL`.
    pub match_mode: &'static str,
}

/// A channel as lists show it.
#[derive(Debug, Clone, Serialize)]
pub struct ChannelView {
    /// Its name.
    pub name: String,
    /// Port of the members; 0 when the registry tells it.
    pub port: u16,
    /// How members are chosen: 1, one after the other by weight.
    pub balance_strategy: u8,
    /// `ip`.
    pub member_type: &'static str,
    /// The older word for `vpc_channel_type`: 3.
    #[serde(rename = "type")]
    pub kind: u8,
    /// `microservice`.
    pub vpc_channel_type: &'static str,
    /// Not used.
    pub dict_code: String,
    /// When it was created, RFC 3339.
    pub create_time: String,
    /// Its id.
    pub id: String,
    /// 1: normal.
    pub status: u8,
    /// Groups of members: none.
    pub member_groups: [(); 0],
    /// What its members are the instances of.
    pub microservice_info: MicroserviceView,
}

/// A channel with its members.
#[derive(Debug, Clone, Serialize)]
pub struct ChannelDetail {
    /// What lists show.
    #[serde(flatten)]
    pub channel: ChannelView,
    /// Its members: the registry is not asked.
    pub members: [(); 0],
}

/// A microservice as clients see it.
#[derive(Debug, Clone, Serialize)]
pub struct MicroserviceView {
    /// Its id, which is the channel's.
    pub id: String,
    /// The gateway.
    pub instance_id: String,
    /// `CCE` or `CSE`.
    pub service_type: &'static str,
    /// The service, with `CSE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cse_info: Option<CseView>,
    /// The workload, with `CCE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cce_info: Option<CceView>,
    /// When it was changed, RFC 3339.
    pub update_time: String,
    /// When it was created, RFC 3339.
    pub create_time: String,
}

/// A service of a microservice engine as clients see it; what only the engine knows is empty.
#[derive(Debug, Clone, Serialize)]
pub struct CseView {
    /// The engine.
    pub engine_id: String,
    /// The service.
    pub service_id: String,
    /// Known to the engine.
    pub engine_name: String,
    /// Known to the engine.
    pub service_name: String,
    /// Known to the engine.
    pub register_address: String,
    /// Known to the engine.
    pub cse_app_id: String,
    /// Its version.
    pub version: String,
}

/// A workload of a container cluster as clients see it; what only the cluster knows is empty.
#[derive(Debug, Clone, Serialize)]
pub struct CceView {
    /// The cluster.
    pub cluster_id: String,
    /// Its namespace.
    pub namespace: String,
    /// `deployment`, `statefulset` or `daemonset`.
    pub workload_type: &'static str,
    /// Name of the app.
    pub app_name: String,
    /// A label of the pods.
    pub label_key: String,
    /// Its value.
    pub label_value: String,
    /// Known to the cluster.
    pub cluster_name: String,
}
