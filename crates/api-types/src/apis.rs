//! APIs: definitions as clients write them, and as they read them.

mod backend;
mod debug;
mod parameter;
mod publish;
mod view;

pub use backend::{ApiFunction, ApiMock, BackendApi, ChannelUse, Condition, MockHeader, Policy};
pub use debug::{ApiDebug, DebugView};
pub use parameter::{BackendParam, RequestParam};
pub use publish::{
    ApiAction, BatchFailureView, BatchPublish, BatchPublishView, PublishView, VersionSwitch, VersionView,
};
pub use view::{ApiGroupInfo, ApiView};

use serde::{Deserialize, Serialize};

/// Body of creating or replacing an API.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiCreate {
    /// Its name, 3 to 255 characters.
    pub name: Option<String>,
    /// 1: public; 2: private.
    pub r#type: Option<i64>,
    /// The client's own version text.
    pub version: Option<String>,
    /// `HTTP`, `HTTPS` (default), `BOTH` or `GRPCS`.
    pub req_protocol: Option<String>,
    /// A method, or `ANY`.
    pub req_method: Option<String>,
    /// Path template.
    pub req_uri: Option<String>,
    /// `NONE`, `APP`, `IAM` or `AUTHORIZER`.
    pub auth_type: Option<String>,
    /// Further settings of the authentication.
    pub auth_opt: Option<AuthOpt>,
    /// Whether answers allow other origins.
    pub cors: Option<bool>,
    /// Whether calls are traced.
    pub trace_enabled: Option<bool>,
    /// `RATE`.
    pub sampling_strategy: Option<String>,
    /// Percentage as text.
    pub sampling_param: Option<String>,
    /// `NORMAL` (default) or `SWA`.
    pub match_mode: Option<String>,
    /// `HTTP`, `FUNCTION`, `MOCK` or `GRPC`.
    pub backend_type: Option<String>,
    /// What it is for.
    pub remark: Option<String>,
    /// The group.
    pub group_id: Option<String>,
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
    pub content_type: Option<String>,
    /// Whether a function receives the body in Base64.
    pub is_send_fg_body_base64: Option<bool>,
    /// The answer of a mock backend.
    pub mock_info: Option<ApiMock>,
    /// The function of a function backend.
    pub func_info: Option<ApiFunction>,
    /// Parameters of the request.
    pub req_params: Option<Vec<RequestParam>>,
    /// Parameters of the backend request.
    pub backend_params: Option<Vec<BackendParam>>,
    /// Mock backends under conditions.
    pub policy_mocks: Option<Vec<Policy>>,
    /// Function backends under conditions.
    pub policy_functions: Option<Vec<Policy>>,
    /// The server of an HTTP or gRPC backend.
    pub backend_api: Option<BackendApi>,
    /// Servers under conditions.
    pub policy_https: Option<Vec<Policy>>,
}

/// Further settings of the authentication.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthOpt {
    /// `DISABLE` (default) or `HEADER`.
    pub app_code_auth_type: Option<String>,
}

/// Body of asking whether a name or a route is free.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiCheck {
    /// The name.
    pub name: Option<String>,
    /// The method.
    pub req_method: Option<String>,
    /// The path template.
    pub req_uri: Option<String>,
    /// `NORMAL` or `SWA`.
    pub match_mode: Option<String>,
    /// The group.
    pub group_id: Option<String>,
    /// Listed by the contract, not used.
    pub roma_app_id: Option<String>,
    /// The API that is about to change.
    pub api_id: Option<String>,
    /// `path` or `name`: what is asked for.
    pub r#type: Option<String>,
}
