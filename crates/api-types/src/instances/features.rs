use serde::{Deserialize, Serialize};

/// Body of switching a feature.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeatureToggle {
    /// Its name.
    pub name: Option<String>,
    /// Whether it is to be on.
    pub enable: Option<bool>,
    /// Its setting.
    pub config: Option<String>,
}

/// A feature as clients see it.
#[derive(Debug, Clone, Serialize)]
pub struct FeatureView {
    /// Its id on the gateway.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it is on.
    pub enable: bool,
    /// Its setting, exactly as it was written.
    pub config: String,
    /// The gateway.
    pub instance_id: String,
    /// When it was changed last, RFC 3339.
    pub update_time: String,
}
