//! What one worker owns. Nothing in it is shared with another thread but counters that only this one writes.

use crate::{
    accept::{Budget, Link},
    authenticate::{InquiryBudget, Lockout, Sessions},
    authorizer,
    config::Timeouts,
    forward::Pool,
    observe::{CallCounter, LogBuffer, Meters, RefusalNotes, RequestIds},
    snapshots::{Served, Snapshots},
};
use countersign_snapshot::AddressSet;
use countersign_types::Timestamp;
use std::{
    cell::{Cell, RefCell},
    net::SocketAddr,
    rc::{Rc, Weak},
    sync::Arc,
};

/// Whole seconds since the worker began; good enough for every client timeout, and free to read.
pub(crate) type Tick = u64;

/// How often the memory of counts that are over is looked for.
const SWEEP_TICKS: Tick = 60;

/// The state of one worker thread.
pub(crate) struct Core {
    pub(crate) address: SocketAddr,
    pub(crate) clock: fn() -> Timestamp,
    pub(crate) trusted_proxies: AddressSet,
    pub(crate) timeouts: Timeouts,
    pub(crate) subdomain_calls_per_day: u32,
    pub(crate) budget: Arc<Budget>,
    pub(crate) pool: Pool,
    pub(crate) meters: Arc<Meters>,
    pub(crate) log: LogBuffer,
    pub(crate) calls: CallCounter,
    pub(crate) refusals: RefusalNotes,
    pub(crate) inquiries: InquiryBudget,
    pub(crate) ids: RequestIds,
    pub(crate) tick: Cell<Tick>,
    pub(crate) links: RefCell<Vec<Weak<Link>>>,
    pub(crate) snapshots: SnapshotCache,
    pub(crate) sessions: Sessions,
    /// Whether AppCodes may come in the clear.
    pub(crate) app_code_over_http: bool,
    pub(crate) authorizers: authorizer::Cache,
    pub(crate) lockout: Arc<Lockout>,
}

impl Core {
    /// Once a second: lets time pass for connections, pooled backends and the log.
    pub(crate) fn on_tick(&self) {
        let now = self.tick.get() + 1;
        self.tick.set(now);
        self.links
            .borrow_mut()
            .retain(|link| link.upgrade().is_some_and(|link| link.on_tick(now, &self.timeouts)));
        self.pool.on_tick(now, self.timeouts.upstream_idle);
        self.log.flush();
        let time = (self.clock)();
        self.calls.on_tick(time);
        self.refusals.on_tick();
        if now.is_multiple_of(SWEEP_TICKS)
            && let Some(served) = Option::as_ref(&self.snapshots.get())
        {
            served.ledgers.sweep(time.unix());
        }
    }
}

/// The worker's own reference to the current snapshot, so that requests do not fight over the shared count.
pub(crate) struct SnapshotCache {
    source: Snapshots,
    cached: RefCell<Rc<Option<Arc<Served>>>>,
}

impl SnapshotCache {
    pub(crate) fn new(source: Snapshots) -> Self {
        let cached = RefCell::new(Rc::new(source.served()));
        Self { source, cached }
    }

    /// The snapshot that one request sees from beginning to end.
    pub(crate) fn get(&self) -> Rc<Option<Arc<Served>>> {
        let mut cached = self.cached.borrow_mut();
        if !self.source.is_current(Option::as_ref(&cached)) {
            *cached = Rc::new(self.source.served());
        }
        Rc::clone(&cached)
    }
}
