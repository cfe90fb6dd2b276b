//! The exchange with the backend.

mod ask;
mod connect;
mod connection;
mod exchange;
mod pool;
mod streamed;

use crate::{
    accept::Body,
    answer::{Answer, Payload},
    core::Core,
    observe::Record,
    reject::Reject,
    transform::Outgoing,
};
use bytes::Bytes;
use countersign_snapshot::{Mock, Origin};
use http::{HeaderName, header};
use std::sync::Arc;

pub(crate) use ask::{Unheard, ask};
pub(crate) use connect::tls_connector;
pub(crate) use pool::Pool;
pub(crate) use streamed::Streamed;

/// What can be sent on one connection and, when that turns out to be dead, again on another one.
pub(crate) trait Repeatable {
    /// Where it goes.
    fn origin(&self) -> &Arc<Origin>;

    /// Whether sending it twice means the same as sending it once.
    fn is_idempotent(&self) -> bool;

    /// Further attempts that it may take when no connection comes about or ends early.
    fn retries(&self) -> u8;

    /// The message for one connection.
    fn message(&self) -> http::Request<Body>;
}

/// Sends the request on, or lets the mock answer.
///
/// # Errors
/// 502 when the backend cannot be reached or does not speak HTTP, 504 when its time is over, 500 when its name
/// does not resolve.
pub(crate) async fn forward(
    core: &Core,
    outgoing: Outgoing<'_>,
    record: &mut Record,
) -> Result<Answer, Reject> {
    match outgoing {
        Outgoing::Mock(mock) => Ok(answer_of(mock)),
        Outgoing::Http(request) => exchange::exchange(core, request, record).await,
    }
}

fn answer_of(mock: &Mock) -> Answer {
    let headers =
        mock.headers.iter().filter(|(name, _)| !is_hop_by_hop(name) && name != header::CONTENT_LENGTH);
    Answer {
        status: mock.status,
        headers: headers.cloned().collect(),
        payload: Payload::Full(Bytes::copy_from_slice(mock.body.as_bytes())),
    }
}

/// Headers that mean one connection, not the message (RFC 9110 §7.6.1).
pub(crate) fn is_hop_by_hop(name: &HeaderName) -> bool {
    matches!(
        name.as_str(),
        "connection"
            | "transfer-encoding"
            | "upgrade"
            | "te"
            | "trailer"
            | "keep-alive"
            | "proxy-connection"
            | "proxy-authenticate"
            | "proxy-authorization"
            | "http2-settings"
    )
}
