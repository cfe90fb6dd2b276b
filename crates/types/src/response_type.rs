//! The types of gateway responses: why a call was refused, as those see it who write the answers.
//!
//! Names and statuses follow the published list of response types. [`ResponseType::of`] is the one table from the
//! codes of refusals to them.

use crate::Code;
use serde::{Deserialize, Serialize};

macro_rules! response_types {
    ($($(#[$doc:meta])* $variant:ident = $name:literal $status:expr;)*) => {
        /// Why a call was refused, as far as the answer may be written for it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum ResponseType {
            $($(#[$doc])* #[serde(rename = $name)] $variant,)*
        }

        impl ResponseType {
            /// All types in the order of the contract.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name in the contract.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// The published status; `None` where a refusal keeps its own.
            #[must_use]
            pub const fn status(self) -> Option<u16> {
                match self { $(Self::$variant => $status),* }
            }
        }
    };
}

response_types! {
    /// IAM or app authentication failed.
    AuthFailure = "AUTH_FAILURE" Some(401);
    /// No credential was sent.
    AuthHeaderMissing = "AUTH_HEADER_MISSING" Some(401);
    /// A custom authorizer said no.
    AuthorizerFailure = "AUTHORIZER_FAILURE" Some(500);
    /// A custom authorizer did not answer, or not as it must.
    AuthorizerConfFailure = "AUTHORIZER_CONF_FAILURE" Some(500);
    /// An identity source of a custom authorizer is missing or not acceptable.
    AuthorizerIdentitiesFailure = "AUTHORIZER_IDENTITIES_FAILURE" Some(401);
    /// The backend cannot be reached or broke the exchange.
    BackendUnavailable = "BACKEND_UNAVAILABLE" Some(502);
    /// The backend's time is over.
    BackendTimeout = "BACKEND_TIMEOUT" Some(504);
    /// A throttling limit is used up.
    Throttled = "THROTTLED" Some(429);
    /// The credential is good, but not for this API.
    Unauthorized = "UNAUTHORIZED" Some(401);
    /// Access control refuses.
    AccessDenied = "ACCESS_DENIED" Some(403);
    /// No API is published there.
    NotFound = "NOT_FOUND" Some(404);
    /// A parameter is not acceptable.
    RequestParametersFailure = "REQUEST_PARAMETERS_FAILURE" Some(400);
    /// Any other fault of the client.
    Default4xx = "DEFAULT_4XX" None;
    /// Any other fault of the gateway.
    Default5xx = "DEFAULT_5XX" None;
    /// A third-party authorizer said no.
    ThirdAuthFailure = "THIRD_AUTH_FAILURE" Some(401);
    /// An identity source of a third-party authorizer is missing.
    ThirdAuthIdentitiesFailure = "THIRD_AUTH_IDENTITIES_FAILURE" Some(401);
    /// A third-party authorizer did not answer, or not as it must.
    ThirdAuthConfFailure = "THIRD_AUTH_CONF_FAILURE" Some(500);
    /// An OIDC token does not verify.
    OidcAuthTokenVerifyFail = "OIDC_AUTH_TOKEN_VERIFY_FAIL" Some(401);
    /// An OIDC provider's description cannot be had.
    OidcAuthGetDiscoveryError = "OIDC_AUTH_GET_DISCOVERY_ERROR" Some(500);
    /// The OIDC code flow failed.
    OidcAuthCodeFlowFail = "OIDC_AUTH_CODE_FLOW_FAIL" Some(401);
    /// A JWT does not verify.
    JwtAuthFailure = "JWT_AUTH_FAILURE" Some(401);
    /// A parameter that an orchestration rule needs is missing.
    OrchestrationParameterNotFound = "ORCHESTRATION_PARAMETER_NOT_FOUND" Some(400);
    /// No orchestration rule matches.
    OrchestrationFailure = "ORCHESTRATION_FAILURE" Some(400);
}

impl ResponseType {
    /// From the contract's name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.name() == name)
    }

    /// The type of a refusal with this code. A few codes have several types; then the one who refuses says which.
    #[must_use]
    pub fn of(code: Code) -> Self {
        match (code.code, code.status) {
            ("APIG.0101", _) => Self::NotFound,
            ("APIG.0106", _) => Self::OrchestrationFailure,
            ("APIG.0201", 400) => Self::RequestParametersFailure,
            ("APIG.0201" | "APIG.0203", 504) => Self::BackendTimeout,
            ("APIG.0201" | "APIG.0202" | "APIG.0610", 502) | ("APIG.0605", _) => Self::BackendUnavailable,
            ("APIG.0301" | "APIG.0303" | "APIG.0307" | "APIG.0311", _) => Self::AuthFailure,
            ("APIG.0302" | "APIG.0304", _) => Self::Unauthorized,
            ("APIG.0305", 401) => Self::AuthorizerIdentitiesFailure,
            ("APIG.0305", _) => Self::AuthorizerFailure,
            ("APIG.0306" | "APIG.0310" | "APIG.0401" | "APIG.0402" | "APIG.0404" | "APIG.0405", _) => {
                Self::AccessDenied
            }
            ("APIG.0802", _) => Self::AccessDenied,
            ("APIG.0308", _) => Self::Throttled,
            ("APIG.0312" | "APIG.0314", _) => Self::ThirdAuthFailure,
            ("APIG.0313", _) => Self::ThirdAuthIdentitiesFailure,
            ("APIG.0615" | "APIG.0616" | "APIG.0617", _) => Self::ThirdAuthConfFailure,
            (_, ..=499) => Self::Default4xx,
            _ => Self::Default5xx,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code;

    #[test]
    fn there_are_23_types_and_their_names_read_back() {
        assert_eq!(ResponseType::ALL.len(), 23);
        for one in ResponseType::ALL {
            assert_eq!(ResponseType::parse(one.name()), Some(*one));
            assert_eq!(serde_json::to_value(one).unwrap(), one.name());
        }
        assert_eq!(ResponseType::parse("throttled"), None);
    }

    #[test]
    fn every_code_has_the_type_of_its_meaning() {
        for (code, expected) in [
            (code::API_NOT_FOUND, ResponseType::NotFound),
            (code::REQUEST_ERROR, ResponseType::RequestParametersFailure),
            (code::BODY_TOO_LARGE, ResponseType::Default4xx),
            (code::HEADERS_TOO_LARGE, ResponseType::Default4xx),
            (code::OVERLOADED, ResponseType::Default5xx),
            (code::BACKEND_UNAVAILABLE, ResponseType::BackendUnavailable),
            (code::BACKEND_NAME, ResponseType::BackendUnavailable),
            (code::BACKEND_TIMEOUT, ResponseType::BackendTimeout),
            (code::APP_AUTHENTICATION, ResponseType::AuthFailure),
            (code::APP_UNAUTHORIZED, ResponseType::Unauthorized),
            (code::AUTHORIZER_FAILURE, ResponseType::AuthorizerFailure),
            (code::AUTHORIZER_IDENTITIES_FAILURE, ResponseType::AuthorizerIdentitiesFailure),
            (code::ACCESS_DENIED, ResponseType::AccessDenied),
            (code::THROTTLED, ResponseType::Throttled),
            (code::INTERNAL, ResponseType::Default5xx),
            (code::PROTOCOL, ResponseType::Default4xx),
        ] {
            assert_eq!(ResponseType::of(code), expected, "{code:?}");
        }
    }

    #[test]
    fn a_code_keeps_the_class_of_its_status() {
        for code in code::ALL {
            let class = ResponseType::of(*code).status().unwrap_or(code.status) / 100;
            assert_eq!(class, code.status / 100, "{code:?}");
        }
    }
}
