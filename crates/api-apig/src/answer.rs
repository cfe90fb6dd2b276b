//! What a handler gives back, and the one place where it becomes an HTTP response.

use crate::contract::Operation;
use crate::refusal::Refusal;
use axum::response::Response;
use countersign_api_edge::answer;
use countersign_api_types::{ErrorBody, PageView};
use countersign_control::Page;
use http::StatusCode;
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

fn accept(status: StatusCode, request_id: &str, given: Answer) -> Response {
    match given {
        Answer::Json(body) => answer(status, request_id, Some(body)),
        Answer::Empty => answer(status, request_id, None),
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
    answer(status, request_id, Some(body))
}
