//! Apps and their authorizations.

use serde::{Deserialize, Serialize};

/// Body of creating or changing an app.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppDraft {
    /// Its name, 3 to 64 characters.
    pub name: Option<String>,
    /// Free text.
    pub remark: Option<String>,
    /// AppKey, 8 to 200 characters.
    pub app_key: Option<String>,
    /// AppSecret, 8 to 128 characters.
    pub app_secret: Option<String>,
    /// Account that the app is said to belong to.
    pub related_domain_id: Option<String>,
    /// Project that the app is said to belong to.
    pub related_project_id: Option<String>,
}

/// Body of resetting an AppSecret.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecretReset {
    /// The new secret.
    pub app_secret: Option<String>,
}

/// An app as its owner sees it.
#[derive(Serialize)]
pub struct AppView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Free text.
    pub remark: String,
    /// Always `USER`.
    pub creator: String,
    /// When it was changed last, RFC 3339.
    pub update_time: String,
    /// AppKey.
    pub app_key: String,
    /// Account that the app is said to belong to.
    pub related_domain_id: String,
    /// Project that the app is said to belong to.
    pub related_project_id: String,
    /// AppSecret.
    pub app_secret: String,
    /// When it was created, RFC 3339.
    pub register_time: String,
    /// Always 1: valid.
    pub status: u8,
    /// Always `apig`.
    pub app_type: String,
    /// Not used.
    pub roma_app_type: String,
}

/// An app in a list.
#[derive(Serialize)]
pub struct ListedAppView {
    /// The app.
    #[serde(flatten)]
    pub app: AppView,
    /// How many authorizations it has.
    pub bind_num: usize,
}

/// What a stranger may know about an app.
#[derive(Debug, Clone, Serialize)]
pub struct AppCheckView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Free text.
    pub remark: String,
}

/// Body of authorizing apps.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthCreate {
    /// The environment.
    pub env_id: Option<String>,
    /// The apps.
    pub app_ids: Option<Vec<String>>,
    /// The APIs.
    pub api_ids: Option<Vec<String>>,
}

/// Answer to authorizing apps.
#[derive(Debug, Clone, Serialize)]
pub struct AuthRelationsView {
    /// One entry an app and API.
    pub auths: Vec<AuthRelationView>,
}

/// What became of one app and API.
#[derive(Debug, Clone, Serialize)]
pub struct AuthRelationView {
    /// The API.
    pub api_id: String,
    /// What became of it.
    pub auth_result: AuthResultView,
    /// When it was granted, RFC 3339.
    pub auth_time: String,
    /// Id of the authorization; empty when there is none.
    pub id: String,
    /// The app.
    pub app_id: String,
    /// Always `PROVIDER`.
    pub auth_role: String,
    /// Always `NORMAL`.
    pub auth_tunnel: String,
    /// Not used.
    pub auth_whitelist: Vec<String>,
    /// Not used.
    pub auth_blacklist: Vec<String>,
    /// Not used.
    pub visit_params: String,
}

/// Result of one authorization.
#[derive(Debug, Clone, Serialize)]
pub struct AuthResultView {
    /// `SUCCESS`, `SKIPPED` or `FAILED`.
    pub status: String,
    /// Why it failed.
    pub error_msg: String,
    /// Code of the failure.
    pub error_code: String,
    /// The API's name.
    pub api_name: String,
    /// The app's name.
    pub app_name: String,
}

/// An authorization as clients see it.
#[derive(Debug, Clone, Serialize)]
pub struct AuthView {
    /// Its id.
    pub id: String,
    /// The API.
    pub api_id: String,
    /// The API's name.
    pub api_name: String,
    /// Name of the API's group.
    pub group_name: String,
    /// 1 public, 2 private.
    pub api_type: u8,
    /// Free text of the API.
    pub api_remark: String,
    /// The environment.
    pub env_id: String,
    /// Always `PROVIDER`.
    pub auth_role: String,
    /// When it was granted, RFC 3339.
    pub auth_time: String,
    /// The app's name.
    pub app_name: String,
    /// Free text of the app.
    pub app_remark: String,
    /// Always `apig`.
    pub app_type: String,
    /// Always `USER`.
    pub app_creator: String,
    /// Publication of the API in the environment; empty when it is not published there.
    pub publish_id: String,
    /// The API's group.
    pub group_id: String,
    /// Always `NORMAL`.
    pub auth_tunnel: String,
    /// Not used.
    pub auth_whitelist: Vec<String>,
    /// Not used.
    pub auth_blacklist: Vec<String>,
    /// Not used.
    pub visit_param: String,
    /// Not used.
    pub roma_app_type: String,
    /// Tags of the API.
    pub tags: Vec<String>,
    /// Name of the environment.
    pub env_name: String,
    /// The app.
    pub app_id: String,
}

/// An API that an app may not call yet.
#[derive(Debug, Clone, Serialize)]
pub struct UnauthorizedApiView {
    /// How the API authenticates.
    pub auth_type: String,
    /// Names of the environments it is published in, joined with `|`.
    pub run_env_name: String,
    /// Name of its group.
    pub group_name: String,
    /// Its publications, joined with `|`.
    pub publish_id: String,
    /// Its group.
    pub group_id: String,
    /// Its name.
    pub name: String,
    /// Free text.
    pub remark: String,
    /// Ids of the environments it is published in, joined with `|`.
    pub run_env_id: String,
    /// Its id.
    pub id: String,
    /// Its path.
    pub req_uri: String,
    /// Its tags.
    pub tags: Vec<String>,
}
