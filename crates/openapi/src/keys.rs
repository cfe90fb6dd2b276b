//! Names that reading and writing share.

pub(crate) const ACCESS_CONTROL: &str = "x-apigateway-access-control";
pub(crate) const ACCESS_CONTROLS: &str = "x-apigateway-access-controls";
pub(crate) const ANY_METHOD: &str = "x-apigateway-any-method";
pub(crate) const AUTHORIZER: &str = "x-apigateway-authorizer";
pub(crate) const AUTH_OPT: &str = "x-apigateway-auth-opt";
pub(crate) const AUTH_TYPE: &str = "x-apigateway-auth-type";
pub(crate) const BACKEND: &str = "x-apigateway-backend";
pub(crate) const BODY_BASE64: &str = "x-apigateway-is-send-fg-body-base64";
pub(crate) const CONTENT_TYPE: &str = "x-apigateway-content-type";
pub(crate) const CORS: &str = "x-apigateway-cors";
pub(crate) const FAILURE_SAMPLE: &str = "x-apigateway-result-failure-sample";
pub(crate) const MATCH_MODE: &str = "x-apigateway-match-mode";
pub(crate) const NORMAL_SAMPLE: &str = "x-apigateway-result-normal-sample";
pub(crate) const ORCHESTRATIONS: &str = "x-apigateway-orchestrations";
pub(crate) const PASS_THROUGH: &str = "x-apigateway-pass-through";
pub(crate) const POLICIES: &str = "x-apigateway-backend-policies";
pub(crate) const RATE_LIMIT: &str = "x-apigateway-ratelimit";
pub(crate) const RATE_LIMITS: &str = "x-apigateway-ratelimits";
pub(crate) const REQUEST_TYPE: &str = "x-apigateway-request-type";
pub(crate) const RESPONSE: &str = "x-apigateway-response";
pub(crate) const RESPONSES: &str = "x-apigateway-responses";
pub(crate) const SAMPLE: &str = "x-apigateway-sample";

/// Beside every object of the published form: what that has no word for.
pub(crate) const OURS: &str = "x-countersign";

/// The operations of a path whose matching is by prefix, where an exact one has the method already. They form a path
/// item of their own.
pub(crate) const PREFIXES: &str = "x-countersign-prefixes";

/// Methods by their key in a path item.
pub(crate) const METHODS: &[(&str, countersign_control::apis::Method)] = {
    use countersign_control::apis::Method;
    &[
        ("get", Method::Get),
        ("put", Method::Put),
        ("post", Method::Post),
        ("delete", Method::Delete),
        ("options", Method::Options),
        ("head", Method::Head),
        ("patch", Method::Patch),
        (ANY_METHOD, Method::Any),
    ]
};
