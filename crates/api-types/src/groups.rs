//! API groups.

use serde::{Deserialize, Serialize};

/// Body of creating a group.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupCreate {
    /// Its name, 3 to 255 characters.
    pub name: Option<String>,
    /// Free text.
    pub remark: Option<String>,
    /// Listed by the contract, not used.
    pub roma_app_id: Option<String>,
    /// Listed by the contract, not used.
    pub version: Option<String>,
}

/// Body of changing a group.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupUpdate {
    /// Its name, 3 to 255 characters.
    pub name: Option<String>,
    /// Free text.
    pub remark: Option<String>,
}

/// Body of asking whether a name is free.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupCheck {
    /// The name.
    pub group_name: Option<String>,
    /// Listed by the contract, not used.
    pub roma_app_id: Option<String>,
}

/// Body of switching the default subdomain.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubdomainAccess {
    /// Whether it serves.
    pub sl_domain_access_enabled: Option<bool>,
}

/// A group as clients see it.
#[derive(Debug, Clone, Serialize)]
pub struct GroupView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Always 1: valid.
    pub status: u8,
    /// The default subdomain.
    pub sl_domain: String,
    /// When it was created, RFC 3339.
    pub register_time: String,
    /// When it was changed last, RFC 3339.
    pub update_time: String,
    /// Always 2: not on the marketplace.
    pub on_sell_status: u8,
    /// Bound domains.
    pub url_domains: Vec<serde_json::Value>,
    /// Whether the default subdomain serves.
    pub sl_domain_access_enabled: bool,
    /// All default subdomains.
    pub sl_domains: Vec<String>,
    /// Free text.
    pub remark: String,
    /// Not used.
    pub call_limits: u32,
    /// Not used.
    pub time_interval: u32,
    /// Not used.
    pub time_unit: String,
    /// 1: the group DEFAULT; 2: any other.
    pub is_default: u8,
    /// Always `V1`: a group of the whole gateway.
    pub version: String,
    /// Not used.
    pub roma_app_id: String,
    /// Not used.
    pub roma_app_name: String,
}
