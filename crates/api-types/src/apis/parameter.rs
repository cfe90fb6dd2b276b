use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

/// A parameter of the request. Members that only replies carry are ignored in requests.
#[skip_serializing_none]
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestParam {
    /// Its name.
    pub name: Option<String>,
    /// `STRING` or `NUMBER`.
    pub r#type: Option<String>,
    /// `PATH`, `QUERY` or `HEADER`.
    pub location: Option<String>,
    /// Sent to the backend when the client left it out.
    pub default_value: Option<String>,
    /// An example.
    pub sample_value: Option<String>,
    /// 1: yes; 2: no.
    pub required: Option<i64>,
    /// 1: values are checked; 2: they are not.
    pub valid_enable: Option<i64>,
    /// What it is for.
    pub remark: Option<String>,
    /// Allowed values, separated by commas.
    pub enumerations: Option<String>,
    /// Smallest number.
    pub min_num: Option<i64>,
    /// Largest number.
    pub max_num: Option<i64>,
    /// Fewest characters.
    pub min_size: Option<i64>,
    /// Most characters.
    pub max_size: Option<i64>,
    /// Kept for the reader.
    pub regular: Option<String>,
    /// Kept for the reader.
    pub json_schema: Option<String>,
    /// 1: yes; 2: no.
    pub pass_through: Option<i64>,
    /// Ids of orchestration rules.
    pub orchestrations: Option<Vec<String>>,
    /// Only in replies: its id.
    pub id: Option<String>,
}

/// A parameter of the backend request. Members that only replies carry are ignored in requests.
#[skip_serializing_none]
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BackendParam {
    /// `REQUEST`, `CONSTANT` or `SYSTEM`.
    pub origin: Option<String>,
    /// Its name at the backend.
    pub name: Option<String>,
    /// What it is for.
    pub remark: Option<String>,
    /// `PATH`, `QUERY` or `HEADER`.
    pub location: Option<String>,
    /// Name of the request parameter, the constant itself, or `$context.…`.
    pub value: Option<String>,
    /// Only in replies: its id.
    pub id: Option<String>,
    /// Only in replies: id of the request parameter.
    pub req_param_id: Option<String>,
}
