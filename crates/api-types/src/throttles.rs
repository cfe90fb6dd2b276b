//! Request throttling policies, their special limits and bindings.

use serde::{Deserialize, Serialize};

/// Body of creating or changing a policy.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThrottleDraft {
    /// Most calls of an app; absent or 0 is no limit.
    pub app_call_limits: Option<i64>,
    /// Its name, 3 to 64 characters.
    pub name: Option<String>,
    /// `SECOND`, `MINUTE`, `HOUR` or `DAY`.
    pub time_unit: Option<String>,
    /// Free text.
    pub remark: Option<String>,
    /// Most calls of all callers together.
    pub api_call_limits: Option<i64>,
    /// 1: each API is counted for itself; 2: all together.
    pub r#type: Option<i64>,
    /// Not used.
    pub enable_adaptive_control: Option<String>,
    /// Most calls of a user; absent or 0 is no limit.
    pub user_call_limits: Option<i64>,
    /// Length of the window in units.
    pub time_interval: Option<i64>,
    /// Most calls of a source address; absent or 0 is no limit.
    pub ip_call_limits: Option<i64>,
}

/// A policy as clients see it.
#[derive(Debug, Clone, Serialize)]
pub struct ThrottleView {
    /// Most calls of an app; 0 is no limit.
    pub app_call_limits: u32,
    /// Its name.
    pub name: String,
    /// `SECOND`, `MINUTE`, `HOUR` or `DAY`.
    pub time_unit: String,
    /// Free text.
    pub remark: String,
    /// Most calls of all callers together.
    pub api_call_limits: u32,
    /// 1: each API is counted for itself; 2: all together.
    pub r#type: u8,
    /// Always `FALSE`.
    pub enable_adaptive_control: String,
    /// Most calls of a user; 0 is no limit.
    pub user_call_limits: u32,
    /// Length of the window in units.
    pub time_interval: u32,
    /// Most calls of a source address; 0 is no limit.
    pub ip_call_limits: u32,
    /// Its id.
    pub id: String,
    /// How many publications it is bound to.
    pub bind_num: usize,
    /// 1: it has special limits; 2: it has none.
    pub is_inclu_special_throttle: u8,
    /// When it was created, RFC 3339.
    pub create_time: String,
}

/// A policy that is bound to an API.
#[derive(Debug, Clone, Serialize)]
pub struct BoundThrottleView {
    /// The policy.
    #[serde(flatten)]
    pub throttle: ThrottleView,
    /// Name of the environment in which it acts.
    pub env_name: String,
    /// The binding.
    pub bind_id: String,
    /// When it was bound, RFC 3339.
    pub bind_time: String,
}

/// Body of giving an app or user a limit of its own.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpecialCreate {
    /// Most calls.
    pub call_limits: Option<i64>,
    /// The app, or the project or account of the user.
    pub object_id: Option<String>,
    /// `APP` or `USER`.
    pub object_type: Option<String>,
}

/// Body of changing a special limit.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpecialUpdate {
    /// Most calls.
    pub call_limits: Option<i64>,
}

/// A special limit as clients see it.
#[derive(Debug, Clone, Serialize)]
pub struct SpecialView {
    /// Its id.
    pub id: String,
    /// Most calls.
    pub call_limits: u32,
    /// When it was created, RFC 3339.
    pub apply_time: String,
    /// Name of the app; empty for a user.
    pub app_name: String,
    /// The app; empty for a user.
    pub app_id: String,
    /// The app, or the project or account of the user.
    pub object_id: String,
    /// `APP` or `USER`.
    pub object_type: String,
    /// Name of the app; empty for a user.
    pub object_name: String,
    /// The policy.
    pub throttle_id: String,
}

/// Body of binding a policy.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BindingCreate {
    /// The policy.
    pub strategy_id: Option<String>,
    /// The publications.
    pub publish_ids: Option<Vec<String>>,
}

/// Answer to binding a policy.
#[derive(Debug, Clone, Serialize)]
pub struct BindingsView {
    /// The bindings, in the order of the publications.
    pub throttle_applys: Vec<BindingView>,
}

/// A binding as clients see it.
#[derive(Debug, Clone, Serialize)]
pub struct BindingView {
    /// The publication.
    pub publish_id: String,
    /// Always 1: the whole API.
    pub scope: u8,
    /// The policy.
    pub strategy_id: String,
    /// When it was bound, RFC 3339.
    pub apply_time: String,
    /// Its id.
    pub id: String,
}

/// Body of removing several bindings.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BindingsDelete {
    /// The bindings.
    pub throttle_bindings: Option<Vec<String>>,
}

/// Answer to removing several bindings.
#[derive(Debug, Clone, Serialize)]
pub struct BindingsDeletedView {
    /// How many are gone.
    pub success_count: usize,
    /// Those that are not.
    pub failure: Vec<BindingFailureView>,
}

/// A binding that could not be removed.
#[derive(Debug, Clone, Serialize)]
pub struct BindingFailureView {
    /// Its id as the request named it.
    pub bind_id: String,
    /// Code of the failure.
    pub error_code: String,
    /// Why.
    pub error_msg: String,
    /// Not known.
    pub api_id: String,
    /// Not known.
    pub api_name: String,
}

/// An API that a policy is bound to, or could be bound to.
#[derive(Debug, Clone, Serialize)]
pub struct ThrottledApiView {
    /// How the API authenticates.
    pub auth_type: String,
    /// Name of its group.
    pub group_name: String,
    /// The publication.
    pub publish_id: String,
    /// Its binding to a policy; empty when there is none.
    pub throttle_apply_id: String,
    /// When it was bound, RFC 3339; absent when it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub apply_time: Option<String>,
    /// Free text.
    pub remark: String,
    /// The environment.
    pub run_env_id: String,
    /// 1 public, 2 private.
    pub r#type: u8,
    /// Name of the policy that is bound; empty when there is none.
    pub throttle_name: String,
    /// Its path.
    pub req_uri: String,
    /// Name of the environment.
    pub run_env_name: String,
    /// Its group.
    pub group_id: String,
    /// Its name.
    pub name: String,
    /// Its id.
    pub id: String,
    /// Its method.
    pub req_method: String,
    /// Its tags.
    pub tags: Vec<String>,
}
