//! Idle connections to backends: one pool a worker, last in first out, so that the warmest is used and the
//! rest grow old and leave.

use super::{connect, connection::Connection, exchange::late};
use crate::{core::Tick, observe::Meters, reject::Reject};
use countersign_snapshot::Origin;
use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    rc::{Rc, Weak},
    sync::Arc,
    time::Duration,
};
use tokio::time::{Instant, timeout_at};
use tokio_rustls::TlsConnector;

/// Idle connections kept for one backend by one worker.
const IDLE_MAX: usize = 256;

type Idle = HashMap<Arc<Origin>, Vec<Connection>, foldhash::fast::RandomState>;

/// The connections of one worker.
pub(crate) struct Pool {
    idle: Rc<RefCell<Idle>>,
    now: Rc<Cell<Tick>>,
    tls: TlsConnector,
    meters: Arc<Meters>,
}

/// The way back into the pool.
pub(crate) struct Return {
    idle: Weak<RefCell<Idle>>,
    now: Rc<Cell<Tick>>,
    origin: Arc<Origin>,
}

impl Pool {
    pub(crate) fn new(tls: TlsConnector, meters: Arc<Meters>) -> Self {
        Self { idle: Rc::default(), now: Rc::default(), tls, meters }
    }

    /// A pooled connection, else a new one. The backend may have closed a pooled one meanwhile: its engine reads
    /// before it writes, so the request then comes back unsent.
    pub(super) async fn take(&self, origin: &Arc<Origin>, deadline: Instant) -> Result<Connection, Reject> {
        let idle = self.idle.borrow_mut().get_mut(origin).and_then(Vec::pop);
        match idle {
            Some(connection) => {
                self.meters.upstream_reused.add(1);
                Ok(connection)
            }
            None => self.fresh(origin, deadline).await,
        }
    }

    /// A new connection, whatever the pool holds.
    pub(super) async fn fresh(&self, origin: &Origin, deadline: Instant) -> Result<Connection, Reject> {
        // Boxed, because it is large and rare: unboxed, every request would carry its space.
        let connecting = Box::pin(connect::connect(&self.tls, origin, &self.meters));
        timeout_at(deadline, connecting).await.unwrap_or_else(|_| Err(late()))
    }

    pub(super) fn way_back(&self, origin: &Arc<Origin>) -> Return {
        Return { idle: Rc::downgrade(&self.idle), now: Rc::clone(&self.now), origin: Arc::clone(origin) }
    }

    /// Once a second: closes what has been idle for too long or was closed by the backend.
    pub(crate) fn on_tick(&self, now: Tick, limit: Duration) {
        self.now.set(now);
        self.idle.borrow_mut().retain(|_, connections| {
            connections.retain_mut(|connection| connection.stays(now, limit));
            !connections.is_empty()
        });
    }
}

impl Return {
    /// Gives a connection back whose last answer was read to its end. One that is still busy, with a body that
    /// the backend never took perhaps, is closed instead.
    pub(super) fn give_back(self, connection: Connection) {
        if let Some(idle) = self.idle.upgrade()
            && let Some(connection) = connection.rest(self.now.get())
        {
            let mut idle = idle.borrow_mut();
            let connections = idle.entry(self.origin).or_default();
            if connections.len() < IDLE_MAX {
                connections.push(connection);
            }
        }
    }
}
