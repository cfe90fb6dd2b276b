//! Access control policies, their bindings, and the access control of apps.

use serde::{Deserialize, Serialize};

/// Body of creating or changing an access control policy.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AclDraft {
    /// Its name, 3 to 64 characters.
    pub acl_name: Option<String>,
    /// `PERMIT` or `DENY`.
    pub acl_type: Option<String>,
    /// The list: entries with commas between them.
    pub acl_value: Option<String>,
    /// What the entries are: `IP`, `DOMAIN` or `DOMAIN_ID`.
    pub entity_type: Option<String>,
}

/// An access control policy as clients see it.
#[derive(Debug, Clone, Serialize)]
pub struct AclView {
    /// Its name.
    pub acl_name: String,
    /// `PERMIT` or `DENY`.
    pub acl_type: &'static str,
    /// The list, byte for byte as it was written.
    pub acl_value: String,
    /// What the entries are: `IP`, `DOMAIN` or `DOMAIN_ID`.
    pub entity_type: &'static str,
    /// Its id.
    pub id: String,
    /// When it was changed last, RFC 3339.
    pub update_time: String,
}

/// An access control policy in a list.
#[derive(Debug, Clone, Serialize)]
pub struct ListedAclView {
    /// The policy.
    #[serde(flatten)]
    pub acl: AclView,
    /// To how many publications it is bound.
    pub bind_num: usize,
}

/// Body of removing several access control policies.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AclBatchDelete {
    /// Their ids.
    pub acls: Option<Vec<String>>,
}

/// What became of several access control policies.
#[derive(Debug, Clone, Serialize)]
pub struct AclBatchDeleteView {
    /// How many were removed.
    pub success_count: usize,
    /// The others.
    pub failure: Vec<AclFailureView>,
}

/// An access control policy that was not removed.
#[derive(Debug, Clone, Serialize)]
pub struct AclFailureView {
    /// Its id.
    pub acl_id: String,
    /// Its name.
    pub acl_name: String,
    /// Code of the reason.
    pub error_code: &'static str,
    /// The reason.
    pub error_msg: String,
}

/// Body of binding an access control policy.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AclBindingCreate {
    /// The policy.
    pub acl_id: Option<String>,
    /// The publications.
    pub publish_ids: Option<Vec<String>>,
}

/// What binding an access control policy made.
#[derive(Debug, Clone, Serialize)]
pub struct AclBindingsView {
    /// One for each publication.
    pub acl_bindings: Vec<AclBindingView>,
}

/// A binding of an access control policy.
#[derive(Debug, Clone, Serialize)]
pub struct AclBindingView {
    /// Its id.
    pub id: String,
    /// The API.
    pub api_id: String,
    /// The environment.
    pub env_id: String,
    /// The policy.
    pub acl_id: String,
    /// When it was made, RFC 3339.
    pub create_time: String,
}

/// Body of removing several bindings.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AclBindingBatchDelete {
    /// Their ids.
    pub acl_bindings: Option<Vec<String>>,
}

/// What became of several bindings.
#[derive(Debug, Clone, Serialize)]
pub struct AclBindingBatchDeleteView {
    /// How many were removed.
    pub success_count: usize,
    /// The others.
    pub failure: Vec<AclBindingFailureView>,
}

/// A binding that was not removed.
#[derive(Debug, Clone, Serialize)]
pub struct AclBindingFailureView {
    /// Its id.
    pub bind_id: String,
    /// Code of the reason.
    pub error_code: &'static str,
    /// The reason.
    pub error_msg: String,
    /// The API, when it is known.
    pub api_id: String,
    /// Name of the API, when it is known.
    pub api_name: String,
}

/// An access control policy that is bound to an API.
#[derive(Debug, Clone, Serialize)]
pub struct BoundAclView {
    /// The policy.
    pub acl_id: String,
    /// Its name.
    pub acl_name: String,
    /// What its entries are.
    pub entity_type: &'static str,
    /// `PERMIT` or `DENY`.
    pub acl_type: &'static str,
    /// Its list.
    pub acl_value: String,
    /// The environment.
    pub env_id: String,
    /// Name of the environment.
    pub env_name: String,
    /// The binding.
    pub bind_id: String,
    /// When it was bound, RFC 3339.
    pub bind_time: String,
}

/// An API that an access control policy is bound to.
#[derive(Debug, Clone, Serialize)]
pub struct AclBoundApiView {
    /// The API.
    pub api_id: String,
    /// Its name.
    pub api_name: String,
    /// 1 public, 2 private.
    pub api_type: u8,
    /// Its remark.
    pub api_remark: String,
    /// The environment.
    pub env_id: String,
    /// Name of the environment.
    pub env_name: String,
    /// The binding.
    pub bind_id: String,
    /// Name of the API's group.
    pub group_name: String,
    /// When it was bound, RFC 3339.
    pub bind_time: String,
    /// The publication.
    pub publish_id: String,
    /// Method of the API.
    pub req_method: &'static str,
    /// Tags of the API.
    pub tags: Vec<String>,
}

/// An API that an access control policy is not bound to.
#[derive(Debug, Clone, Serialize)]
pub struct AclUnboundApiView {
    /// The API.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its group.
    pub group_id: String,
    /// Name of its group.
    pub group_name: String,
    /// 1 public, 2 private.
    #[serde(rename = "type")]
    pub api_type: u8,
    /// Its remark.
    pub remark: String,
    /// Name of the environment.
    pub run_env_name: String,
    /// The environment.
    pub run_env_id: String,
    /// The publication.
    pub publish_id: String,
    /// Name of another policy of the same kind that is bound there; empty when there is none.
    pub acl_name: String,
    /// Path of the API.
    pub req_uri: String,
    /// Who may call.
    pub auth_type: &'static str,
    /// Method of the API.
    pub req_method: &'static str,
    /// Tags of the API.
    pub tags: Vec<String>,
}

/// Body of setting the access control of an app.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppAclDraft {
    /// `PERMIT` or `DENY`.
    pub app_acl_type: Option<String>,
    /// Addresses, networks and ranges.
    pub app_acl_values: Option<Vec<String>>,
}

/// The access control of an app as clients see it.
#[derive(Debug, Clone, Serialize)]
pub struct AppAclView {
    /// The app.
    pub app_id: String,
    /// `PERMIT` or `DENY`; empty when the app has none.
    pub app_acl_type: &'static str,
    /// Addresses, networks and ranges, each byte for byte as it was written.
    pub app_acl_values: Vec<String>,
}
