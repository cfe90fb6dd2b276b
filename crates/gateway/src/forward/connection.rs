//! A connection to a backend, with its engine inside.
//!
//! The engine has no task of its own: whoever waits for the backend drives it. So a request and its answer cost
//! no switch between tasks, and a connection that nobody waits for costs nothing at all.

use crate::{accept::Body, core::Tick, observe::Meters};
use bytes::Bytes;
use http_body::{Frame, SizeHint};
use hyper::client::conn::http1::SendRequest;
use std::{
    convert::Infallible,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, Waker, ready},
    time::Duration,
};
use tokio::time::{Instant, Sleep, sleep_until};

/// Reads, writes and ends when the connection does.
type Engine = Pin<Box<dyn Future<Output = ()>>>;

/// A connection to a backend.
pub(super) struct Connection {
    sender: SendRequest<Outbound>,
    engine: Engine,
    /// When the exchange under way must be over.
    deadline: Instant,
    /// Wakes at the deadline or earlier. It stays with the connection and is moved only when it rings too late
    /// or has rung, so that most requests leave it alone.
    timer: Pin<Box<Sleep>>,
    reused: bool,
    idle_since: Tick,
    _counted: Counted,
}

impl Connection {
    pub(super) fn new(sender: SendRequest<Outbound>, engine: Engine, meters: Arc<Meters>) -> Self {
        meters.upstream_connections.enter();
        let deadline = Instant::now();
        let timer = Box::pin(sleep_until(deadline));
        Self { sender, engine, deadline, timer, reused: false, idle_since: 0, _counted: Counted(meters) }
    }

    /// Hands a request to the engine and sets the end of the exchange.
    pub(super) fn send(
        &mut self,
        request: http::Request<Body>,
        deadline: Instant,
    ) -> impl Future<Output = Result<Response, Unanswered>> + use<> {
        self.deadline = deadline;
        if self.timer.deadline() > deadline || self.timer.is_elapsed() {
            self.timer.as_mut().reset(deadline);
        }
        self.sender.try_send_request(request.map(Outbound))
    }

    /// Lets the engine read and write what it can.
    pub(super) fn drive(&mut self, cx: &mut Context<'_>) {
        if self.engine.as_mut().poll(cx).is_ready() {
            // An engine must not be polled after its end.
            self.engine = Box::pin(std::future::pending());
        }
    }

    /// Ready when the time of the exchange is over.
    pub(super) fn poll_late(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        loop {
            ready!(self.timer.as_mut().poll(cx));
            if self.timer.deadline() >= self.deadline {
                return Poll::Ready(());
            }
            self.timer.as_mut().reset(self.deadline);
        }
    }

    /// It has carried a request before: the backend may close it at any moment.
    pub(super) fn is_reused(&self) -> bool {
        self.reused
    }

    /// The connection, if it can take another request, with its rest begun.
    pub(super) fn rest(mut self, now: Tick) -> Option<Self> {
        self.reused = true;
        self.idle_since = now;
        self.sender.is_ready().then_some(self)
    }

    /// Whether it may go on resting.
    pub(super) fn stays(&mut self, now: Tick, limit: Duration) -> bool {
        self.drive(&mut Context::from_waker(Waker::noop()));
        self.sender.is_ready() && now.saturating_sub(self.idle_since) <= limit.as_secs()
    }
}

pub(super) type Response = http::Response<hyper::body::Incoming>;
pub(super) type Unanswered = hyper::client::conn::TrySendError<http::Request<Outbound>>;

/// Counts the connection until it is gone.
struct Counted(Arc<Meters>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.upstream_connections.leave();
    }
}

/// A request body on its way out.
pub(super) struct Outbound(Body);

impl http_body::Body for Outbound {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.pop().map(|piece| Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.bytes())
    }
}
