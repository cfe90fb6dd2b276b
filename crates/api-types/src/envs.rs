//! Environments and their variables.

use serde::{Deserialize, Serialize};

/// Body of creating or changing an environment.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnvDraft {
    /// Its name, 3 to 64 characters.
    pub name: Option<String>,
    /// Free text.
    pub remark: Option<String>,
}

/// An environment as clients see it.
#[derive(Debug, Clone, Serialize)]
pub struct EnvView {
    /// When it was created, RFC 3339.
    pub create_time: String,
    /// Its name.
    pub name: String,
    /// Free text.
    pub remark: String,
    /// Its id.
    pub id: String,
}

/// Body of creating a variable.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VariableCreate {
    /// Its value.
    pub variable_value: Option<String>,
    /// The environment it holds in.
    pub env_id: Option<String>,
    /// The group it belongs to.
    pub group_id: Option<String>,
    /// Its name.
    pub variable_name: Option<String>,
}

/// Body of changing a variable.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VariableUpdate {
    /// Its value.
    pub variable_value: Option<String>,
}

/// A variable as clients see it.
#[derive(Debug, Clone, Serialize)]
pub struct VariableView {
    /// Its value.
    pub variable_value: String,
    /// The environment it holds in.
    pub env_id: String,
    /// The group it belongs to.
    pub group_id: String,
    /// Its name.
    pub variable_name: String,
    /// Its id.
    pub id: String,
}
