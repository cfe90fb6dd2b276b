//! What is limited.

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
    /// All calls by a group's default subdomain.
    Subdomain,
}

impl Dimension {
    pub(crate) const ALL: [Self; 6] =
        [Self::Api, Self::ApiAllEnvironments, Self::User, Self::App, Self::Ip, Self::Subdomain];

    /// Its name in messages, logs and metrics.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::ApiAllEnvironments => "api-allenv",
            Self::User => "user",
            Self::App => "app",
            Self::Ip => "ip",
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
            Self::Subdomain => "subdomain_limit",
        }
    }

    /// The header that tells how a limit stands, on demand; the subdomain's has none.
    pub(crate) const fn header(self) -> Option<HeaderName> {
        match self {
            Self::Api => Some(HeaderName::from_static("x-apig-ratelimit-api")),
            Self::ApiAllEnvironments => Some(HeaderName::from_static("x-apig-ratelimit-api-allenv")),
            Self::User => Some(HeaderName::from_static("x-apig-ratelimit-user")),
            Self::App => Some(HeaderName::from_static("x-apig-ratelimit-app")),
            Self::Ip => Some(HeaderName::from_static("x-apig-ratelimit-ip")),
            Self::Subdomain => None,
        }
    }
}
