use super::{ApiFunction, ApiMock, AuthOpt, BackendApi, BackendParam, Policy, RequestParam};
use serde::Serialize;
use serde_with::skip_serializing_none;

/// An API as clients see it: whole, in a list, as a version, or as it runs. Each of these leaves members out.
#[skip_serializing_none]
#[derive(Debug, Clone, Default, Serialize)]
pub struct ApiView {
    /// Its name.
    pub name: String,
    /// 1: public; 2: private.
    pub r#type: u8,
    /// The client's own version text.
    pub version: Option<String>,
    /// Schemes it may be called over.
    pub req_protocol: &'static str,
    /// Its method.
    pub req_method: &'static str,
    /// Its path template.
    pub req_uri: String,
    /// Who may call.
    pub auth_type: &'static str,
    /// Further settings of the authentication.
    pub auth_opt: AuthOpt,
    /// Whether answers allow other origins.
    pub cors: bool,
    /// Whether calls are traced.
    pub trace_enabled: Option<bool>,
    /// How calls are chosen for tracing.
    pub sampling_strategy: Option<String>,
    /// Percentage as text.
    pub sampling_param: Option<String>,
    /// How the template matches.
    pub match_mode: &'static str,
    /// Type of its backend.
    pub backend_type: &'static str,
    /// What it is for.
    pub remark: Option<String>,
    /// The group.
    pub group_id: String,
    /// What the body looks like.
    pub body_remark: Option<String>,
    /// An answer of success.
    pub result_normal_sample: Option<String>,
    /// An answer of failure.
    pub result_failure_sample: Option<String>,
    /// The authorizer.
    pub authorizer_id: Option<String>,
    /// Tags.
    pub tags: Option<Vec<String>>,
    /// The gateway responses that it uses.
    pub response_id: Option<String>,
    /// Kept for the reader.
    pub roma_app_id: Option<String>,
    /// Kept for the reader.
    pub domain_name: Option<String>,
    /// Kept for the reader.
    pub tag: Option<String>,
    /// Content type of requests.
    pub content_type: Option<&'static str>,
    /// Whether a function receives the body in Base64.
    pub is_send_fg_body_base64: Option<bool>,
    /// Its id.
    pub id: String,
    /// 1: valid.
    pub status: Option<u8>,
    /// 2: it needs no arranging.
    pub arrange_necessary: Option<u8>,
    /// When it was created, RFC 3339.
    pub register_time: Option<String>,
    /// When it was changed last, RFC 3339.
    pub update_time: Option<String>,
    /// Name of the group.
    pub group_name: String,
    /// `V1`.
    pub group_version: Option<&'static str>,
    /// Environments in which it serves, joined with `|`.
    pub run_env_id: Option<String>,
    /// Their names, joined with `|`.
    pub run_env_name: Option<String>,
    /// Its publications there, joined with `|`.
    pub publish_id: Option<String>,
    /// When they were published, RFC 3339, joined with `|`.
    pub publish_time: Option<String>,
    /// The server of an HTTP or gRPC backend.
    pub backend_api: Option<BackendApi>,
    /// The group.
    pub api_group_info: Option<ApiGroupInfo>,
    /// The function of a function backend.
    pub func_info: Option<ApiFunction>,
    /// The answer of a mock backend.
    pub mock_info: Option<ApiMock>,
    /// Parameters of the request.
    pub req_params: Vec<RequestParam>,
    /// Parameters of the backend request.
    pub backend_params: Option<Vec<BackendParam>>,
    /// Function backends under conditions.
    pub policy_functions: Option<Vec<Policy>>,
    /// Mock backends under conditions.
    pub policy_mocks: Option<Vec<Policy>>,
    /// Servers under conditions.
    pub policy_https: Option<Vec<Policy>>,
    /// The group's default subdomain.
    pub sl_domain: Option<String>,
    /// All of the group's default subdomains.
    pub sl_domains: Option<Vec<String>>,
    /// The version.
    pub version_id: Option<String>,
}

/// What an API tells about its group.
#[derive(Debug, Clone, Serialize)]
pub struct ApiGroupInfo {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// 1: valid.
    pub status: u8,
    /// Its default subdomain.
    pub sl_domain: String,
    /// When it was created, RFC 3339.
    pub register_time: String,
    /// When it was changed last, RFC 3339.
    pub update_time: String,
    /// 2: not on the marketplace.
    pub on_sell_status: u8,
    /// Bound domains.
    pub url_domains: Vec<serde_json::Value>,
    /// Whether the default subdomain serves.
    pub sl_domain_access_enabled: bool,
}
