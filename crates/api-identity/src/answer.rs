//! What a handler gives back, and the one place where it becomes an HTTP response.

use crate::contract::Operation;
use crate::refusal::Refusal;
use crate::shape::Shape;
use axum::response::Response;
use countersign_api_edge::answer;
use countersign_types::Token;
use http::{HeaderName, HeaderValue, StatusCode, header};
use serde::Serialize;

const SUBJECT_TOKEN: HeaderName = HeaderName::from_static("x-subject-token");

/// What a handler gives back on success; the status is the contract's.
pub(crate) struct Answer {
    body: Option<Vec<u8>>,
    token: Option<Token>,
}

impl Answer {
    /// Nothing.
    pub(crate) const EMPTY: Self = Self { body: None, token: None };

    /// The view as JSON.
    pub(crate) fn json(view: &impl Serialize) -> Self {
        let body = serde_json::to_vec(view).expect("views are structs and maps with text keys");
        Self { body: Some(body), token: None }
    }

    /// The same with `X-Subject-Token`.
    pub(crate) fn with_token(self, token: Token) -> Self {
        Self { token: Some(token), ..self }
    }
}

/// The response to a request that reached an operation.
pub(crate) fn respond(operation: &Operation, request_id: &str, outcome: Result<Answer, Refusal>) -> Response {
    match outcome {
        Ok(answer) => accept(operation.success, request_id, answer),
        Err(refusal) => {
            if let Some(cause) = refusal.fault() {
                tracing::error!(request_id, operation = operation.name, cause);
            }
            refuse(&refusal, operation.path, request_id)
        }
    }
}

/// A refusal in the shape that clients of the path expect.
pub(crate) fn refuse(refusal: &Refusal, path: &str, request_id: &str) -> Response {
    let described = refusal.describe();
    let status = described.status;
    let mut response =
        answer(status, request_id, Some(Shape::of(path, refusal).render(described, request_id)));
    if status == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Keystone"));
    }
    response
}

fn accept(status: StatusCode, request_id: &str, given: Answer) -> Response {
    let mut response = answer(status, request_id, given.body);
    let token = given.token.and_then(|token| HeaderValue::from_str(token.expose()).ok());
    if let Some(mut token) = token {
        token.set_sensitive(true);
        response.headers_mut().insert(SUBJECT_TOKEN, token);
    }
    response
}
