//! What an API tells pages of other origins. The backend's word wins over the gateway's.

use crate::answer::Answer;
use countersign_snapshot::Cors;
use http::{HeaderName, HeaderValue, header};

/// Everyone.
const ANY_ORIGIN: HeaderValue = HeaderValue::from_static("*");
/// What the answer to a preflight allows, as published for APIs that answer it themselves.
const PREFLIGHT: [(HeaderName, HeaderValue); 4] = [
    (
        header::ACCESS_CONTROL_ALLOW_HEADERS,
        HeaderValue::from_static(
            "X-Stage,X-Sdk-Date,X-Sdk-Nonce,X-Proxy-Signed-Headers,X-Sdk-Content-Sha256,X-Forwarded-For,\
             Authorization,Content-Type,Accept,Accept-Ranges,Cache-Control,Range",
        ),
    ),
    (
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static(
            "X-Request-Id,X-Apig-Latency,X-Apig-Upstream-Latency,X-Apig-RateLimit-Api,X-Apig-RateLimit-User,\
             X-Apig-RateLimit-App,X-Apig-RateLimit-Ip,X-Apig-RateLimit-Api-Allenv",
        ),
    ),
    (
        header::ACCESS_CONTROL_ALLOW_METHODS,
        HeaderValue::from_static("GET,POST,PUT,DELETE,HEAD,OPTIONS,PATCH"),
    ),
    (header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("172800")),
];

/// Adds what the API allows and the backend did not mention.
pub(crate) fn allow(cors: Cors, answer: &mut Answer) {
    let mut set = |name: HeaderName, value: HeaderValue| {
        answer.headers.entry(name).or_insert(value);
    };
    match cors {
        Cors::Silent => return,
        Cors::Readable => {}
        Cors::Preflight => PREFLIGHT.into_iter().for_each(|(name, value)| set(name, value)),
    }
    set(header::ACCESS_CONTROL_ALLOW_ORIGIN, ANY_ORIGIN);
}
