use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

/// Body of putting an API online or taking it offline.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiAction {
    /// `online` or `offline`.
    pub action: Option<String>,
    /// The environment.
    pub env_id: Option<String>,
    /// The API.
    pub api_id: Option<String>,
    /// What the publisher writes about it.
    pub remark: Option<String>,
}

/// Body of putting many APIs online or taking them offline.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BatchPublish {
    /// The APIs.
    pub apis: Option<Vec<String>>,
    /// The environment.
    pub env_id: Option<String>,
    /// The group, instead of the APIs.
    pub group_id: Option<String>,
    /// What the publisher writes about it.
    pub remark: Option<String>,
}

/// Body of switching the version.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VersionSwitch {
    /// The version.
    pub version_id: Option<String>,
}

/// What an action on a publication answers.
#[skip_serializing_none]
#[derive(Debug, Clone, Serialize)]
pub struct PublishView {
    /// The publication.
    pub publish_id: String,
    /// The API.
    pub api_id: String,
    /// Its name.
    pub api_name: String,
    /// The environment.
    pub env_id: String,
    /// What the publisher wrote.
    pub remark: Option<String>,
    /// When the version was published, RFC 3339.
    pub publish_time: String,
    /// The version.
    pub version_id: String,
}

/// What became of many APIs.
#[derive(Debug, Clone, Serialize)]
pub struct BatchPublishView {
    /// Done.
    pub success: Vec<PublishView>,
    /// Refused.
    pub failure: Vec<BatchFailureView>,
}

/// A refused API.
#[derive(Debug, Clone, Serialize)]
pub struct BatchFailureView {
    /// The API.
    pub api_id: String,
    /// Its name.
    pub api_name: String,
    /// Code of the refusal.
    pub error_code: &'static str,
    /// Its text.
    pub error_msg: String,
}

/// An entry of the history.
#[skip_serializing_none]
#[derive(Debug, Clone, Serialize)]
pub struct VersionView {
    /// The version.
    pub version_id: String,
    /// Its number: when it was published, as `yyyyMMddHHmmss` in UTC.
    pub version_no: String,
    /// The API.
    pub api_id: String,
    /// The environment.
    pub env_id: String,
    /// Its name.
    pub env_name: String,
    /// What the publisher wrote.
    pub remark: Option<String>,
    /// When it was published, RFC 3339.
    pub publish_time: String,
    /// 1: effective; 2: not.
    pub status: u8,
}
