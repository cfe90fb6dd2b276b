//! The exchange with a function.

use super::{Fault, Question};
use crate::{
    accept::Body,
    answer::REQUEST_ID,
    forward::{Repeatable, Unheard, ask},
};
use countersign_snapshot::{Authorizer, Function, Origin};
use http::{HeaderValue, Method, StatusCode, header};
use std::sync::Arc;

/// Longest answer in bytes.
const ANSWER_BYTES_MAX: usize = 1024 * 1024;

/// The call of a function with an event.
struct Call<'c> {
    function: &'c Function,
    event: Body,
    request_id: HeaderValue,
}

impl Repeatable for Call<'_> {
    fn origin(&self) -> &Arc<Origin> {
        &self.function.origin
    }

    /// Asking twice is asking once.
    fn is_idempotent(&self) -> bool {
        true
    }

    fn retries(&self) -> u8 {
        0
    }

    fn message(&self) -> http::Request<Body> {
        let mut message = http::Request::new(self.event.clone());
        *message.method_mut() = Method::POST;
        *message.uri_mut() = self.function.target.clone();
        let headers = message.headers_mut();
        headers.insert(header::HOST, self.function.host_header.clone());
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(REQUEST_ID, self.request_id.clone());
        message
    }
}

/// Sends the event and reads the whole answer.
pub(super) async fn call(
    question: &Question<'_, '_>,
    authorizer: &Authorizer,
    event: Vec<u8>,
) -> Result<Vec<u8>, Fault> {
    let function = authorizer.function.as_ref().ok_or(Fault::new("authorizer_without_function"))?;
    let event = Body::made(&question.core.budget, event)
        .map_err(|reject| Fault { code: reject.code, reason: reject.reason })?;
    let call = Call { function, event, request_id: question.request.id.header() };
    let answer = ask(question.core, &call, authorizer.timeout, ANSWER_BYTES_MAX).await;
    match answer {
        Ok((StatusCode::OK, body)) => Ok(body),
        Ok(_) => Err(Fault::new("authorizer_status")),
        Err(Unheard::Unreachable) => Err(Fault::new("authorizer_unreachable")),
        Err(Unheard::Late) => Err(Fault::new("authorizer_late")),
        Err(Unheard::TooLarge) => Err(Fault::new("authorizer_answer_too_large")),
    }
}
