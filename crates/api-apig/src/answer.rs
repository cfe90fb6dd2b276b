//! What a handler gives back, and the one place where it becomes an HTTP response.

use crate::contract::Operation;
use crate::refusal::Refusal;
use axum::response::Response;
use countersign_api_edge::answer;
use countersign_api_types::{ErrorBody, PageView};
use countersign_control::Page;
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;

/// What a handler gives back on success; the status is the contract's.
pub(crate) enum Answer {
    /// A JSON document.
    Json(Vec<u8>),
    /// A file to be saved.
    File {
        /// Its name.
        name: String,
        /// What is in it.
        content: Vec<u8>,
    },
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
        Answer::File { name, content } => file(status, request_id, &name, content),
        Answer::Empty => answer(status, request_id, None),
    }
}

/// The file as it is, under a name that any client can save it by and, beside that, under its own.
fn file(status: StatusCode, request_id: &str, name: &str, content: Vec<u8>) -> Response {
    let mut response = answer(status, request_id, Some(content));
    let plain: String = name.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
    let own: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
    let own = own.replace('+', "%20");
    let disposition = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{own}");
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}

/// Characters that need no quoting in a header and mean nothing to a file system.
fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-_.".contains(c)
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
