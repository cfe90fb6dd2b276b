//! What a handler gives back, and the one place where it becomes an HTTP response.

use crate::contract::Operation;
use crate::refusal::Refusal;
use axum::body::Body;
use axum::response::Response;
use countersign_api_types::{ErrorBody, PageView};
use countersign_control::Page;
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;

/// What a handler gives back on success; the status is the contract's.
pub(crate) enum Answer {
    /// A JSON document.
    Json(Vec<u8>),
    /// Nothing.
    Empty,
}

impl Answer {
    /// The view as JSON.
    pub(crate) fn json(view: &impl Serialize) -> Self {
        Self::Json(serde_json::to_vec(view).expect("views are structs and maps with text keys"))
    }

    /// The page with its entries under `key`.
    pub(crate) fn page<T, V: Serialize>(key: &'static str, page: Page<T>, view: impl FnMut(T) -> V) -> Self {
        let Page { total, items } = page.map(view);
        Self::json(&PageView { key, total, items })
    }
}

/// The response to a request that reached an operation.
pub(crate) fn respond(operation: &Operation, request_id: &str, outcome: Result<Answer, Refusal>) -> Response {
    match outcome {
        Ok(answer) => accept(operation.entry.success, request_id, answer),
        Err(refusal) => refuse(&refusal, request_id, operation),
    }
}

fn accept(status: StatusCode, request_id: &str, answer: Answer) -> Response {
    match answer {
        Answer::Json(body) => build(status, request_id, Some(body)),
        Answer::Empty => build(status, request_id, None),
    }
}

fn refuse(refusal: &Refusal, request_id: &str, operation: &Operation) -> Response {
    if let Some(cause) = refusal.fault() {
        tracing::error!(
            request_id,
            operation = operation.entry.name,
            cause = cause as &dyn std::error::Error
        );
    }
    let (status, body) = refusal.describe(operation);
    refused(status, request_id, &body)
}

/// A refusal in the contract's shape.
pub(crate) fn refused(status: StatusCode, request_id: &str, body: &ErrorBody) -> Response {
    let body = serde_json::to_vec(body).expect("two text members");
    build(status, request_id, Some(body))
}

fn build(status: StatusCode, request_id: &str, body: Option<Vec<u8>>) -> Response {
    let has_body = body.is_some();
    let mut response = Response::new(body.map_or_else(Body::empty, Body::from));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    if has_body {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    if let Ok(value) = HeaderValue::from_str(request_id) {
        headers.insert("x-request-id", value);
    }
    response
}
