//! One client connection: the HTTP engine between the wire and the line.

use super::{
    body::Unread,
    link::{Link, Order},
    peer::Peer,
    request::Request,
    wire::{Protocol, Wire},
};
use crate::{
    core::Core,
    line,
    observe::{Observed, Record},
};
use countersign_types::limits::{HEADERS_BYTES_MAX, TARGET_BYTES_MAX};
use http::header;
use hyper::{body::Incoming, rt::Executor, server::conn, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::{convert::Infallible, future::poll_fn, pin::Pin, pin::pin, rc::Rc, task::Poll};
use tokio::io::{AsyncRead, AsyncWrite};

/// The engine must be able to hold every head that [`super::admit`] might still measure and refuse.
const BUFFER_BYTES_MAX: usize = 2 * (HEADERS_BYTES_MAX + TARGET_BYTES_MAX);
/// Bodies up to this size may be left unread without ending the connection: the engine skips them.
const SKIPPED_BODY_BYTES_MAX: u64 = 16 * 1024;

/// `debug` asks for latency headers.
const MODE: http::HeaderName = http::HeaderName::from_static("x-apig-mode");

/// HTTP/2 limits; every one is explicit, because permissive defaults have been exploited.
mod h2 {
    pub(super) const STREAMS_MAX: u32 = 100;
    pub(super) const HEADER_LIST_BYTES_MAX: u32 = 256 * 1024;
    pub(super) const STREAM_WINDOW_BYTES: u32 = 64 * 1024;
    pub(super) const CONNECTION_WINDOW_BYTES: u32 = 1024 * 1024;
    pub(super) const SEND_BUFFER_BYTES_MAX: usize = 256 * 1024;
    pub(super) const RESETS_MAX: usize = 20;
    pub(super) const KEEP_ALIVE_SECONDS: u64 = 20;
}

/// A request as the engine delivered it; nothing is checked yet.
pub(crate) struct Arrival {
    pub(super) request: Box<Request>,
    pub(super) body: Unread,
    closes_when_unread: bool,
}

impl Arrival {
    /// `X-Apig-Mode: debug` asks for latency headers.
    pub(crate) fn wants_debug_headers(&self) -> bool {
        self.request.first(&MODE).is_some_and(|mode| mode.as_bytes().eq_ignore_ascii_case(b"debug"))
    }

    /// Whether the connection must end if this request is answered without its body being read.
    pub(crate) fn closes_when_unread(&self) -> bool {
        self.closes_when_unread
    }
}

/// Serves a connection to its end.
pub(crate) async fn serve<S>(stream: S, peer: Peer, core: Rc<Core>)
where
    S: AsyncRead + AsyncWrite + Unpin + 'static,
{
    core.meters.connections.enter();
    let link = Rc::new(Link::new(core.tick.get()));
    core.links.borrow_mut().push(Rc::downgrade(&link));
    let peer = Rc::new(peer);
    let opening = Wire::open(stream, Rc::clone(&peer), Rc::clone(&core), Rc::clone(&link));
    if let Some(Some((wire, protocol))) = drive(opening, &link, |_| link.end()).await {
        let io = TokioIo::new(wire);
        let service = service_fn(|request| {
            exchange(Rc::clone(&core), Rc::clone(&link), Rc::clone(&peer), protocol, request)
        });
        match protocol {
            Protocol::Http1 => {
                let mut engine = conn::http1::Builder::new();
                // The link watches over time; the engine's own timer would be armed anew for every request.
                engine.header_read_timeout(None).max_buf_size(BUFFER_BYTES_MAX).half_close(false);
                // One official client looks for `X-Request-Id` with exactly these capitals.
                engine.title_case_headers(true);
                let engine = engine.serve_connection(io, service);
                drive(engine, &link, conn::http1::Connection::graceful_shutdown).await;
            }
            Protocol::Http2 => {
                link.on_http2();
                let engine = http2().serve_connection(io, service);
                drive(engine, &link, conn::http2::Connection::graceful_shutdown).await;
            }
        }
    }
    core.meters.connections.leave();
}

fn http2() -> conn::http2::Builder<LocalExecutor> {
    let mut engine = conn::http2::Builder::new(LocalExecutor);
    engine
        .timer(TokioTimer::new())
        .keep_alive_interval(std::time::Duration::from_secs(h2::KEEP_ALIVE_SECONDS))
        .max_concurrent_streams(h2::STREAMS_MAX)
        .max_header_list_size(h2::HEADER_LIST_BYTES_MAX)
        .initial_stream_window_size(h2::STREAM_WINDOW_BYTES)
        .initial_connection_window_size(h2::CONNECTION_WINDOW_BYTES)
        .max_send_buf_size(h2::SEND_BUFFER_BYTES_MAX)
        .max_pending_accept_reset_streams(h2::RESETS_MAX)
        .max_local_error_reset_streams(h2::RESETS_MAX);
    engine
}

/// Streams of an HTTP/2 connection stay on its worker.
#[derive(Clone)]
struct LocalExecutor;

impl<F: Future<Output = ()> + 'static> Executor<F> for LocalExecutor {
    fn execute(&self, future: F) {
        tokio::task::spawn_local(future);
    }
}

/// Runs a future under the orders of its link; `None` when it was told to drop.
async fn drive<C: Future>(connection: C, link: &Link, drain: impl Fn(Pin<&mut C>)) -> Option<C::Output> {
    let mut connection = pin!(connection);
    poll_fn(|cx| {
        match link.watch(cx.waker()) {
            Order::None => {}
            Order::Drain => drain(connection.as_mut()),
            Order::Drop => return Poll::Ready(None),
        }
        connection.as_mut().poll(cx).map(Some)
    })
    .await
}

async fn exchange(
    core: Rc<Core>,
    link: Rc<Link>,
    peer: Rc<Peer>,
    protocol: Protocol,
    request: http::Request<Incoming>,
) -> Result<http::Response<Observed>, Infallible> {
    link.on_request();
    let (head, incoming) = request.into_parts();
    let request = Request::new(head, peer, (core.clock)(), core.ids.next());
    let mut record = Record::new(Rc::clone(&core), Rc::clone(&link), &request);
    let body = Unread::new(incoming, &core, (protocol == Protocol::Http1).then(|| Rc::clone(&link)));
    let closes_when_unread = protocol == Protocol::Http1
        && (request.has(&header::EXPECT)
            || body.declared_bytes().is_none_or(|bytes| bytes > SKIPPED_BODY_BYTES_MAX));
    let answer = line::serve(&core, Arrival { request, body, closes_when_unread }, &mut record).await;
    link.on_answer();
    Ok(Observed::response(answer, record))
}
