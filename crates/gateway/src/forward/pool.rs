//! Idle connections to backends: one pool a worker, last in first out, so that the warmest is used and the
//! rest grow old and leave.

use super::connect;
use crate::{accept::Body, core::Tick, observe::Meters, reject::Reject};
use bytes::Bytes;
use countersign_snapshot::Origin;
use http_body::{Frame, SizeHint};
use hyper::client::conn::http1::SendRequest;
use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    convert::Infallible,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};
use tokio_rustls::TlsConnector;

/// Idle connections kept for one backend by one worker.
const IDLE_MAX: usize = 256;

/// A connection that can take a request.
pub(crate) struct Connection {
    pub(super) sender: SendRequest<Outbound>,
    /// It has carried a request before: the backend may close it at any moment.
    pub(super) reused: bool,
    idle_since: Tick,
}

impl Connection {
    pub(super) fn new(sender: SendRequest<Outbound>) -> Self {
        Self { sender, reused: false, idle_since: 0 }
    }
}

type Idle = HashMap<Arc<Origin>, Vec<Connection>, foldhash::fast::RandomState>;

/// The connections of one worker.
pub(crate) struct Pool {
    idle: std::rc::Rc<RefCell<Idle>>,
    now: std::rc::Rc<Cell<Tick>>,
    tls: TlsConnector,
    meters: Arc<Meters>,
}

/// The way back into the pool.
pub(crate) struct Return {
    idle: std::rc::Weak<RefCell<Idle>>,
    now: std::rc::Rc<Cell<Tick>>,
    origin: Arc<Origin>,
}

impl Pool {
    pub(crate) fn new(tls: TlsConnector, meters: Arc<Meters>) -> Self {
        Self { idle: std::rc::Rc::default(), now: std::rc::Rc::default(), tls, meters }
    }

    /// A pooled connection that is still alive, else a new one.
    pub(super) async fn take(&self, origin: &Arc<Origin>) -> Result<Connection, Reject> {
        match self.pop(origin) {
            Some(connection) => {
                self.meters.upstream_reused.add(1);
                Ok(connection)
            }
            None => self.fresh(origin).await,
        }
    }

    /// A new connection, whatever the pool holds.
    pub(super) async fn fresh(&self, origin: &Origin) -> Result<Connection, Reject> {
        connect::connect(&self.tls, origin, &self.meters).await
    }

    /// One that is not ready is still busy with its last exchange, perhaps for good: it is left to grow old.
    fn pop(&self, origin: &Arc<Origin>) -> Option<Connection> {
        let mut idle = self.idle.borrow_mut();
        let connections = idle.get_mut(origin)?;
        let ready = connections.iter().rposition(|connection| connection.sender.is_ready())?;
        Some(connections.remove(ready))
    }

    pub(super) fn way_back(&self, origin: &Arc<Origin>) -> Return {
        Return {
            idle: std::rc::Rc::downgrade(&self.idle),
            now: std::rc::Rc::clone(&self.now),
            origin: Arc::clone(origin),
        }
    }

    /// Once a second: closes what has been idle for too long or was closed by the backend.
    pub(crate) fn on_tick(&self, now: Tick, limit: Duration) {
        self.now.set(now);
        self.idle.borrow_mut().retain(|_, connections| {
            connections.retain(|connection| {
                !connection.sender.is_closed() && now.saturating_sub(connection.idle_since) <= limit.as_secs()
            });
            !connections.is_empty()
        });
    }
}

impl Return {
    /// Gives a connection back whose last answer was read to its end.
    pub(super) fn give_back(self, mut connection: Connection) {
        if connection.sender.is_closed() {
            return;
        }
        if let Some(idle) = self.idle.upgrade() {
            connection.reused = true;
            connection.idle_since = self.now.get();
            let mut idle = idle.borrow_mut();
            let connections = idle.entry(self.origin).or_default();
            if connections.len() < IDLE_MAX {
                connections.push(connection);
            }
        }
    }
}

/// A request body on its way out.
pub(crate) struct Outbound(pub(super) Body);

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
