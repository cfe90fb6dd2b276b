//! Quotas of apps.

use serde::{Deserialize, Serialize};

/// Body of creating or changing a quota.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppQuotaDraft {
    /// Its name, 3 to 255 characters.
    pub name: Option<String>,
    /// Calls of one app in one period, 1 to 2147483647.
    pub call_limits: Option<i64>,
    /// `SECOND`, `MINUTE`, `HOUR` or `DAY`.
    pub time_unit: Option<String>,
    /// Units of a period, 1 to 2147483647.
    pub time_interval: Option<i64>,
    /// When the first period begins, RFC 3339.
    pub reset_time: Option<String>,
    /// Free text.
    pub remark: Option<String>,
}

/// A quota as clients see it; all members are empty for an app without one.
#[derive(Debug, Clone, Default, Serialize)]
pub struct AppQuotaView {
    /// Its id.
    pub app_quota_id: String,
    /// Its name.
    pub name: String,
    /// Calls of one app in one period.
    pub call_limits: u32,
    /// `SECOND`, `MINUTE`, `HOUR` or `DAY`.
    pub time_unit: String,
    /// Units of a period.
    pub time_interval: u32,
    /// Free text.
    pub remark: String,
    /// When the first period begins, as it was written; empty when that is an app's first call.
    pub reset_time: String,
    /// When it was created, RFC 3339.
    pub create_time: String,
    /// How many apps it holds for.
    pub bound_app_num: usize,
}

/// Body of binding a quota.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppQuotaBind {
    /// The apps.
    pub app_ids: Option<Vec<String>>,
}

/// Answer to binding a quota.
#[derive(Debug, Clone, Serialize)]
pub struct AppQuotaAppliesView {
    /// One entry an app.
    pub applies: Vec<AppQuotaBindingView>,
}

/// That a quota holds for an app.
#[derive(Debug, Clone, Serialize)]
pub struct AppQuotaBindingView {
    /// The quota.
    pub app_quota_id: String,
    /// The app.
    pub app_id: String,
    /// Since when, RFC 3339.
    pub bound_time: String,
}

/// An app in the lists of a quota.
#[derive(Debug, Clone, Serialize)]
pub struct AppQuotaAppView {
    /// The app.
    pub app_id: String,
    /// Its name.
    pub name: String,
    /// Always 1: valid.
    pub status: u8,
    /// AppKey.
    pub app_key: String,
    /// Account that the app is said to belong to.
    pub related_domain_id: String,
    /// Project that the app is said to belong to.
    pub related_project_id: String,
    /// Free text of the app.
    pub remark: String,
    /// When the app was created, RFC 3339.
    pub register_time: String,
    /// When the app was changed last, RFC 3339.
    pub update_time: String,
    /// The quota that holds for it; empty when there is none.
    pub app_quota_id: String,
    /// The quota's name.
    pub app_quota_name: String,
    /// Since when it holds, RFC 3339; the first moment of the year 1 when there is none.
    pub bound_time: String,
}
