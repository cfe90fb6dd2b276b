use super::BackendParam;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

/// The server of an HTTP or gRPC backend. Members that only replies carry are ignored in requests.
#[skip_serializing_none]
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BackendApi {
    /// The backend authorizer.
    pub authorizer_id: Option<String>,
    /// `host` or `host:port`.
    pub url_domain: Option<String>,
    /// `HTTP`, `HTTPS`, `GRPC` or `GRPCS`.
    pub req_protocol: Option<String>,
    /// What it is for.
    pub remark: Option<String>,
    /// A method, or `ANY`.
    pub req_method: Option<String>,
    /// The client's own version text.
    pub version: Option<String>,
    /// Path template.
    pub req_uri: Option<String>,
    /// Whole exchange, in milliseconds.
    pub timeout: Option<i64>,
    /// Whether the gateway shows its client certificate.
    pub enable_client_ssl: Option<bool>,
    /// Further attempts as text.
    pub retry_count: Option<String>,
    /// Whether the SM cipher suites are used.
    pub enable_sm_channel: Option<bool>,
    /// Addresses by member group of a channel.
    pub member_group_url_infos: Option<Vec<serde_json::Value>>,
    /// Only in replies: its id.
    pub id: Option<String>,
    /// Only in replies: 1, valid.
    pub status: Option<u8>,
    /// Only in replies: when it was created.
    pub register_time: Option<String>,
    /// Only in replies: when it was changed last.
    pub update_time: Option<String>,
    /// The load balance channel.
    pub vpc_channel_info: Option<ChannelUse>,
    /// 1: a channel is used; 2: none is.
    pub vpc_channel_status: Option<i64>,
}

/// Use of a load balance channel.
#[skip_serializing_none]
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChannelUse {
    /// `Host` at the members.
    pub vpc_channel_proxy_host: Option<String>,
    /// The channel.
    pub vpc_channel_id: Option<String>,
    /// Listed by the contract, not used.
    pub cascade_flag: Option<bool>,
}

/// The function of a function backend. Members that only replies carry are ignored in requests.
#[skip_serializing_none]
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiFunction {
    /// Its URN.
    pub function_urn: Option<String>,
    /// What it is for.
    pub remark: Option<String>,
    /// `sync` or `async`.
    pub invocation_type: Option<String>,
    /// `V1` or `V2`.
    pub network_type: Option<String>,
    /// Its version.
    pub version: Option<String>,
    /// Its alias.
    pub alias_urn: Option<String>,
    /// Whole exchange, in milliseconds.
    pub timeout: Option<i64>,
    /// The backend authorizer.
    pub authorizer_id: Option<String>,
    /// `HTTPS` or `GRPCS`.
    pub req_protocol: Option<String>,
    /// Only in replies: its id.
    pub id: Option<String>,
    /// Only in replies: when it was created.
    pub register_time: Option<String>,
    /// Only in replies: 1, valid.
    pub status: Option<u8>,
    /// Only in replies: when it was changed last.
    pub update_time: Option<String>,
}

/// The answer of a mock backend. Members that only replies carry are ignored in requests.
#[skip_serializing_none]
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiMock {
    /// What it is for.
    pub remark: Option<String>,
    /// Body.
    pub result_content: Option<String>,
    /// The client's own version text.
    pub version: Option<String>,
    /// The backend authorizer.
    pub authorizer_id: Option<String>,
    /// Status.
    pub status_code: Option<i64>,
    /// Header lines.
    pub header: Option<Vec<MockHeader>>,
    /// Only in replies: its id.
    pub id: Option<String>,
    /// Only in replies: when it was created.
    pub register_time: Option<String>,
    /// Only in replies: 1, valid.
    pub status: Option<u8>,
    /// Only in replies: when it was changed last.
    pub update_time: Option<String>,
}

/// A header line of a mock answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MockHeader {
    /// Its name.
    pub key: String,
    /// Its value.
    pub value: String,
}

/// A backend under conditions, of any type: only the members of its type are used.
#[skip_serializing_none]
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Only in replies: its id.
    pub id: Option<String>,
    /// `ALL` or `ANY`.
    pub effect_mode: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Parameters of the backend request, instead of the API's.
    pub backend_params: Option<Vec<BackendParam>>,
    /// When it applies.
    pub conditions: Option<Vec<Condition>>,
    /// The backend authorizer.
    pub authorizer_id: Option<String>,
    /// Server: `host` or `host:port`.
    pub url_domain: Option<String>,
    /// Server, function: the scheme.
    pub req_protocol: Option<String>,
    /// Server: a method, or `ANY`.
    pub req_method: Option<String>,
    /// Server: path template.
    pub req_uri: Option<String>,
    /// Server, function: whole exchange, in milliseconds.
    pub timeout: Option<i64>,
    /// Server: further attempts as text.
    pub retry_count: Option<String>,
    /// Server: whether the SM cipher suites are used.
    pub enable_sm_channel: Option<bool>,
    /// Server: addresses by member group of a channel.
    pub member_group_url_infos: Option<Vec<serde_json::Value>>,
    /// Server: the load balance channel.
    pub vpc_channel_info: Option<ChannelUse>,
    /// Server: 1: a channel is used; 2: none is.
    pub vpc_channel_status: Option<i64>,
    /// Mock: body.
    pub result_content: Option<String>,
    /// Mock: status.
    pub status_code: Option<i64>,
    /// Mock: header lines.
    pub header: Option<Vec<MockHeader>>,
    /// Function: its URN.
    pub function_urn: Option<String>,
    /// Function: `sync` or `async`.
    pub invocation_type: Option<String>,
    /// Function: `V1` or `V2`.
    pub network_type: Option<String>,
    /// Function: its version.
    pub version: Option<String>,
    /// Function: its alias.
    pub alias_urn: Option<String>,
}

/// One condition of a policy. Members that only replies carry are ignored in requests.
#[skip_serializing_none]
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// The request parameter.
    pub req_param_name: Option<String>,
    /// `req_path` or `req_method`.
    pub sys_param_name: Option<String>,
    /// The cookie.
    pub cookie_param_name: Option<String>,
    /// The value of the authorizer's answer.
    pub frontend_authorizer_param_name: Option<String>,
    /// `exact`, `enum` or `pattern`.
    pub condition_type: Option<String>,
    /// `param`, `source`, `system`, `cookie`, `frontend_authorizer` or `orchestration`.
    pub condition_origin: Option<String>,
    /// What it compares with.
    pub condition_value: Option<String>,
    /// The orchestrated parameter.
    pub mapped_param_name: Option<String>,
    /// Where the orchestrated parameter stands.
    pub mapped_param_location: Option<String>,
    /// Only in replies: its id.
    pub id: Option<String>,
    /// Only in replies: id of the request parameter.
    pub req_param_id: Option<String>,
    /// Only in replies: where the request parameter stands.
    pub req_param_location: Option<String>,
}
