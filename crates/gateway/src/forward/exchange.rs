//! One request and the head of its answer.

use super::{
    is_hop_by_hop,
    pool::{Connection, Outbound},
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
use hyper::body::Incoming;
use smallvec::SmallVec;
use std::time::Instant;
use tokio::time::{Sleep, sleep};

type Response = (http::Response<Incoming>, Connection);

/// Sends the request and waits for the head of the answer; the body follows as it comes. The API's timeout
/// covers the whole exchange.
pub(super) async fn exchange(
    core: &Core,
    request: UpstreamRequest<'_>,
    record: &mut Record,
) -> Result<Answer, Reject> {
    let (upstream, started) = (request.upstream, Instant::now());
    let mut deadline = Box::pin(sleep(upstream.timeout));
    let outcome = before(&mut deadline, send(core, request)).await;
    record.note_upstream(&upstream.origin, started.elapsed());
    let (response, connection) = outcome?;
    let (head, body) = response.into_parts();
    if head.status == StatusCode::SWITCHING_PROTOCOLS {
        return Err(reject(code::BACKEND_UNAVAILABLE, "backend_switched_protocols"));
    }
    let way_back = core.pool.way_back(&upstream.origin);
    let streamed = Streamed::new(body, deadline, connection, way_back);
    Ok(Answer { status: head.status, headers: strip(head.headers), payload: Payload::Streamed(streamed) })
}

fn reject(code: Code, reason: &'static str) -> Reject {
    Reject::new(Stage::Forward, code, reason)
}

async fn before<T>(
    deadline: &mut std::pin::Pin<Box<Sleep>>,
    work: impl Future<Output = Result<T, Reject>>,
) -> Result<T, Reject> {
    tokio::select! {
        biased;
        outcome = work => outcome,
        () = deadline => Err(reject(code::BACKEND_TIMEOUT, "backend_timeout")),
    }
}

/// Sends on a pooled connection if there is one. If that turns out to be dead, the request is sent once more
/// on a fresh one, provided that the backend cannot have acted on it.
async fn send(core: &Core, request: UpstreamRequest<'_>) -> Result<Response, Reject> {
    let origin = &request.upstream.origin;
    let mut connection = core.pool.take(origin).await?;
    let again = connection.reused.then(|| copy(&request));
    let idempotent = request.method.is_idempotent();
    match connection.sender.try_send_request(message(request)).await {
        Ok(response) => Ok((response, connection)),
        Err(mut failure) => {
            let unsent = failure.take_message();
            let error = failure.into_error();
            // Without an answer's first byte, repeating is safe when the request never left or repeats nothing.
            let repeat = match unsent {
                Some(unsent) if again.is_some() => Some(unsent),
                Some(_) => None,
                None => again.filter(|_| idempotent && is_closed(&error)),
            };
            match repeat {
                Some(message) => send_fresh(core, &origin.clone(), message).await,
                None => Err(broken(&error)),
            }
        }
    }
}

async fn send_fresh(
    core: &Core,
    origin: &countersign_snapshot::Origin,
    message: http::Request<Outbound>,
) -> Result<Response, Reject> {
    let mut connection = core.pool.fresh(origin).await?;
    let response = connection.sender.send_request(message).await.map_err(|error| broken(&error))?;
    Ok((response, connection))
}

fn is_closed(error: &hyper::Error) -> bool {
    error.is_incomplete_message() || error.is_closed() || error.is_canceled()
}

fn broken(error: &hyper::Error) -> Reject {
    tracing::debug!(%error, "a backend broke the exchange");
    reject(code::BACKEND_UNAVAILABLE, "backend_broken")
}

fn copy(request: &UpstreamRequest<'_>) -> http::Request<Outbound> {
    message(UpstreamRequest {
        upstream: request.upstream,
        method: request.method.clone(),
        target: request.target.clone(),
        headers: request.headers.clone(),
        body: request.body.clone(),
    })
}

fn message(request: UpstreamRequest<'_>) -> http::Request<Outbound> {
    let mut message = http::Request::new(Outbound(request.body));
    *message.method_mut() = request.method;
    *message.uri_mut() = request.target;
    *message.headers_mut() = request.headers;
    message
}

/// Takes out what was meant for our connection to the backend, and names that are the gateway's.
fn strip(mut headers: HeaderMap) -> HeaderMap {
    let doomed: SmallVec<[HeaderName; 4]> = headers
        .keys()
        .filter(|name| is_hop_by_hop(name) || name.as_str().starts_with("x-apig-"))
        .cloned()
        .collect();
    if doomed.contains(&header::CONNECTION) {
        let lines = headers.get_all(header::CONNECTION).iter().filter_map(|line| line.to_str().ok());
        let names = lines.flat_map(|line| line.split(',')).filter_map(|name| name.trim().parse().ok());
        for name in names.filter(|name| name != header::CONTENT_LENGTH).collect::<SmallVec<[HeaderName; 4]>>()
        {
            headers.remove(name);
        }
    }
    for name in doomed {
        headers.remove(name);
    }
    headers
}
