//! What is limited.

use countersign_types::{Code, code};
use http::HeaderName;

/// Whose calls a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dimension {
    /// All calls of an API in an environment, or of all APIs that share a policy.
    Api,
    /// All calls of an API in all environments, where no policy is bound.
    ApiAllEnvironments,
    /// Those of one user.
    User,
    /// Those of one app.
    App,
    /// Those from one source address.
    Ip,
    /// Those of one app that has a quota, over all APIs of its gateway.
    Quota,
    /// All calls by a group's default subdomain.
    Subdomain,
}

impl Dimension {
    pub(crate) const ALL: [Self; 7] =
        [Self::Api, Self::ApiAllEnvironments, Self::User, Self::App, Self::Ip, Self::Quota, Self::Subdomain];

    /// Its name in messages, logs and metrics.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::ApiAllEnvironments => "api-allenv",
            Self::User => "user",
            Self::App => "app",
            Self::Ip => "ip",
            Self::Quota => "app-quota",
            Self::Subdomain => "subdomain",
        }
    }

    /// Why a call was refused, for the log.
    pub(crate) const fn reason(self) -> &'static str {
        match self {
            Self::Api => "api_limit",
            Self::ApiAllEnvironments => "default_limit",
            Self::User => "user_limit",
            Self::App => "app_limit",
            Self::Ip => "ip_limit",
            Self::Quota => "app_quota",
            Self::Subdomain => "subdomain_limit",
        }
    }

    /// What a call is refused with.
    pub(crate) const fn code(self) -> Code {
        match self {
            Self::Quota => code::APP_QUOTA_EXHAUSTED,
            _ => code::THROTTLED,
        }
    }

    /// The header that tells how a limit stands, on demand; those of quotas and the subdomain have none.
    pub(crate) const fn header(self) -> Option<HeaderName> {
        match self {
            Self::Api => Some(HeaderName::from_static("x-apig-ratelimit-api")),
            Self::ApiAllEnvironments => Some(HeaderName::from_static("x-apig-ratelimit-api-allenv")),
            Self::User => Some(HeaderName::from_static("x-apig-ratelimit-user")),
            Self::App => Some(HeaderName::from_static("x-apig-ratelimit-app")),
            Self::Ip => Some(HeaderName::from_static("x-apig-ratelimit-ip")),
            Self::Quota | Self::Subdomain => None,
        }
    }
}
