//! What every answer of a management edge is made of.

use axum::body::Body;
use axum::response::Response;
use http::{HeaderName, HeaderValue, StatusCode, header};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// An answer with its request's id, and with a JSON document if there is one. What it says depends on who asked.
#[must_use]
pub fn answer(status: StatusCode, request_id: &str, json: Option<Vec<u8>>) -> Response {
    let has_body = json.is_some();
    let mut response = Response::new(json.map_or_else(Body::empty, Body::from));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::VARY, HeaderValue::from_static("X-Auth-Token"));
    if has_body {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    if let Ok(value) = HeaderValue::from_str(request_id) {
        headers.insert(REQUEST_ID, value);
    }
    response
}
