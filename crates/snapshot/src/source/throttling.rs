//! What limits calls; live, not frozen.

use countersign_types::{AppId, ThrottleId};
use serde::{Deserialize, Serialize};

/// Policies, and for whom they count.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Throttling {
    /// The policies of all gateways.
    pub policies: Vec<Throttle>,
    /// As which user the calls of apps count; those of other apps count as no user's.
    pub app_users: Vec<AppUser>,
}

/// The user that an app belongs to.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppUser {
    /// The app.
    pub app_id: AppId,
    /// Id of a project or account.
    pub user_id: String,
}

/// A request throttling policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Throttle {
    /// Its id.
    pub id: ThrottleId,
    /// Calls of all APIs that it is bound to count together, not those of each apart.
    pub shared: bool,
    /// Length of its windows.
    pub span: Span,
    /// Most calls in a window of all callers together.
    pub api: u32,
    /// Of each user, if there is such a limit.
    pub user: Option<u32>,
    /// Of each app, if there is such a limit.
    pub app: Option<u32>,
    /// Of each source address, if there is such a limit.
    pub ip: Option<u32>,
    /// Instead of `app`, for these.
    pub special_apps: Vec<(AppId, u32)>,
    /// Instead of `user`, for these ids of projects and accounts.
    pub special_users: Vec<(String, u32)>,
}

/// Length of a window, as people say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// How many.
    pub count: u32,
    /// Of which unit.
    pub unit: TimeUnit,
}

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeUnit {
    /// A second.
    Second,
    /// A minute.
    Minute,
    /// An hour.
    Hour,
    /// A day.
    Day,
}

impl Span {
    /// One second.
    pub const SECOND: Self = Self { count: 1, unit: TimeUnit::Second };
    /// One day.
    pub const DAY: Self = Self { count: 1, unit: TimeUnit::Day };

    /// Its length.
    #[must_use]
    pub const fn seconds(self) -> u64 {
        let unit = match self.unit {
            TimeUnit::Second => 1,
            TimeUnit::Minute => 60,
            TimeUnit::Hour => 60 * 60,
            TimeUnit::Day => 24 * 60 * 60,
        };
        // 2^32 days fit by far.
        self.count as u64 * unit
    }
}

impl std::fmt::Display for Span {
    /// Like `10 second`: the published form has no plural.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let unit = match self.unit {
            TimeUnit::Second => "second",
            TimeUnit::Minute => "minute",
            TimeUnit::Hour => "hour",
            TimeUnit::Day => "day",
        };
        write!(f, "{} {unit}", self.count)
    }
}
