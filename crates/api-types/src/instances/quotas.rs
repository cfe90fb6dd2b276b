use serde::Serialize;

/// A quota of a project.
#[derive(Debug, Clone, Serialize)]
pub struct InstanceConfigView {
    /// Its id.
    pub config_id: String,
    /// Its name.
    pub config_name: String,
    /// Its value, a number as text.
    pub config_value: String,
    /// Since when it holds, RFC 3339.
    pub config_time: String,
    /// In words.
    pub remark: String,
}

/// A quota of a gateway.
#[derive(Debug, Clone, Serialize)]
pub struct ConfigView {
    /// What it shares with a quota of a project.
    #[serde(flatten)]
    pub config: InstanceConfigView,
    /// How much of it is used.
    pub used: usize,
}
