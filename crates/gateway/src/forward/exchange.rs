//! One request and the head of its answer.

use super::{
    Repeatable,
    connection::{Connection, Response, Unanswered},
    is_hop_by_hop,
    streamed::Streamed,
};
use crate::{
    answer::{Answer, Payload},
    core::Core,
    observe::Record,
    reject::{Reject, Stage},
    transform::UpstreamRequest,
};
use countersign_types::{Code, code};
use http::{HeaderMap, HeaderName, StatusCode, header};
use smallvec::SmallVec;
use std::{future::poll_fn, pin::pin, task::Poll};
use tokio::time::Instant;

/// Sends the request and waits for the head of the answer; the body follows as it comes. The API's timeout
/// covers the whole exchange.
pub(super) async fn exchange(
    core: &Core,
    request: UpstreamRequest<'_>,
    record: &mut Record,
) -> Result<Answer, Reject> {
    let (origin, started) = (&request.upstream.origin, Instant::now());
    let outcome = send(core, &request, started + request.upstream.timeout).await;
    record.note_upstream(origin, started.elapsed(), request.bytes_sent());
    let (response, connection) = outcome?;
    let (head, body) = response.into_parts();
    record.note_upstream_head(&head.headers);
    if head.status == StatusCode::SWITCHING_PROTOCOLS {
        return Err(reject(code::BACKEND_UNAVAILABLE, "backend_switched_protocols"));
    }
    let streamed = Streamed::new(body, connection, core.pool.way_back(origin));
    Ok(Answer { status: head.status, headers: strip(head.headers), payload: Payload::Streamed(streamed) })
}

fn reject(code: Code, reason: &'static str) -> Reject {
    Reject::new(Stage::Forward, code, reason)
}

/// Tries until the backend answers, as often as the API allows. What was refused for want of time is not tried
/// again: the time is that of all attempts together.
pub(super) async fn send(
    core: &Core,
    request: &impl Repeatable,
    deadline: Instant,
) -> Result<(Response, Connection), Reject> {
    let mut left = request.retries();
    loop {
        match try_once(core, request, deadline).await {
            Err(failure) if left > 0 && failure.may_pass() => {
                left -= 1;
                core.meters.upstream_retried.add(1);
            }
            outcome => return outcome.map_err(Failure::into_reject),
        }
    }
}

/// Sends on a pooled connection if there is one. If that turns out to be dead, the request is sent once more
/// on a fresh one, provided that the backend cannot have acted on it.
async fn try_once(
    core: &Core,
    request: &impl Repeatable,
    deadline: Instant,
) -> Result<(Response, Connection), Failure> {
    let origin = request.origin();
    let mut connection = core.pool.take(origin, deadline).await.map_err(Failure::Unreachable)?;
    let outcome = attempt(&mut connection, request, deadline).await;
    if connection.is_reused() && matches!(&outcome, Err(failure) if failure.may_be_repeated(request)) {
        connection = core.pool.fresh(origin, deadline).await.map_err(Failure::Unreachable)?;
        let response = attempt(&mut connection, request, deadline).await;
        return response.map(|response| (response, connection));
    }
    outcome.map(|response| (response, connection))
}

/// Why there is no answer.
enum Failure {
    /// There is no connection.
    Unreachable(Reject),
    /// Nothing was sent.
    Unsent,
    /// The connection ended without a byte of an answer.
    Closed,
    /// What came was no answer.
    Broken,
    /// Nothing came in time.
    Late,
}

async fn attempt(
    connection: &mut Connection,
    request: &impl Repeatable,
    deadline: Instant,
) -> Result<Response, Failure> {
    let mut answer = pin!(connection.send(request.message(), deadline));
    poll_fn(|cx| {
        connection.drive(cx);
        match answer.as_mut().poll(cx) {
            Poll::Ready(outcome) => Poll::Ready(outcome.map_err(Failure::from)),
            Poll::Pending => connection.poll_late(cx).map(|()| Err(Failure::Late)),
        }
    })
    .await
}

impl From<Unanswered> for Failure {
    fn from(mut unanswered: Unanswered) -> Self {
        if unanswered.take_message().is_some() {
            return Self::Unsent;
        }
        let error = unanswered.into_error();
        tracing::debug!(%error, "a backend broke the exchange");
        let closed = error.is_incomplete_message() || error.is_closed() || error.is_canceled();
        if closed { Self::Closed } else { Self::Broken }
    }
}

impl Failure {
    /// Repeating is safe when the request never left, or when doing it twice is doing it once.
    fn may_be_repeated(&self, request: &impl Repeatable) -> bool {
        match self {
            Self::Unsent => true,
            Self::Closed => request.is_idempotent(),
            Self::Unreachable(_) | Self::Broken | Self::Late => false,
        }
    }

    /// Whether the next attempt may fare better. A backend that answers nonsense does so again, and what the time
    /// was too short for needs a longer one.
    fn may_pass(&self) -> bool {
        match self {
            Self::Unreachable(reject) => reject.code != code::BACKEND_TIMEOUT,
            Self::Unsent | Self::Closed => true,
            Self::Broken | Self::Late => false,
        }
    }

    fn into_reject(self) -> Reject {
        match self {
            Self::Unreachable(reject) => reject,
            Self::Late => late(),
            Self::Unsent | Self::Closed | Self::Broken => reject(code::BACKEND_UNAVAILABLE, "backend_broken"),
        }
    }
}

/// The API's timeout is over.
pub(super) fn late() -> Reject {
    reject(code::BACKEND_TIMEOUT, "backend_timeout")
}

/// Takes out what was meant for our connection to the backend, and names that are the gateway's.
fn strip(mut headers: HeaderMap) -> HeaderMap {
    let mut doomed: SmallVec<[HeaderName; 2]> = SmallVec::new();
    for (name, value) in &headers {
        if is_hop_by_hop(name) || name.as_str().starts_with("x-apig-") {
            doomed.push(name.clone());
        }
        if name == header::CONNECTION && !value.as_bytes().eq_ignore_ascii_case(b"keep-alive") {
            let names =
                value.to_str().unwrap_or_default().split(',').filter_map(|name| name.trim().parse().ok());
            doomed.extend(names.filter(|name| name != header::CONTENT_LENGTH));
        }
    }
    for name in doomed {
        headers.remove(name);
    }
    headers
}
