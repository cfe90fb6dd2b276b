//! The life of one client connection, as far as time and order are concerned.
//!
//! The wire and the engine report where they are; a coarse clock looks at all links once a second. So no request
//! pays for a timer, and one mechanism serves idle connections, slow heads, stalled readers and shutdown.

use crate::{config::Timeouts, core::Tick};
use std::{
    cell::{Cell, RefCell},
    task::Waker,
    time::Duration,
};

/// How long a connection that left a body unread is kept for the client to take its answer.
const LINGER: Duration = Duration::from_secs(5);

/// State of one client connection, shared by its wire, its service and the worker's clock.
pub(crate) struct Link {
    phase: Cell<Phase>,
    /// When the phase began.
    since: Cell<Tick>,
    /// The worker's clock, as of its last tick.
    now: Cell<Tick>,
    /// When the client stopped taking bytes.
    stalled: Cell<Option<Tick>>,
    /// Requests between service and the end of their answer; more than one only in HTTP/2.
    active: Cell<usize>,
    /// The engine owes bytes of an answer of ours; otherwise what it writes is its own.
    answering: Cell<bool>,
    unread: Cell<bool>,
    /// Bytes between requests begin a head. In HTTP/2 they may be anything, and the engine keeps time itself.
    reads_heads: Cell<bool>,
    order: Cell<Order>,
    waker: RefCell<Option<Waker>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Between requests.
    Idle,
    /// A head is arriving.
    Head,
    /// A request is being served.
    Serving,
    /// Everything is said; the client may still be sending.
    Lingering,
}

/// What the connection is told to do.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Order {
    #[default]
    None,
    /// Finish what is under way, then close.
    Drain,
    /// Close now.
    Drop,
}

impl Link {
    /// A new connection must send its first head in the time for heads.
    pub(crate) fn new(now: Tick) -> Self {
        Self {
            phase: Cell::new(Phase::Head),
            since: Cell::new(now),
            now: Cell::new(now),
            stalled: Cell::new(None),
            active: Cell::new(0),
            answering: Cell::new(false),
            unread: Cell::new(false),
            reads_heads: Cell::new(true),
            order: Cell::new(Order::None),
            waker: RefCell::new(None),
        }
    }

    fn enter(&self, phase: Phase) {
        self.phase.set(phase);
        self.since.set(self.now.get());
    }

    /// The connection speaks HTTP/2.
    pub(crate) fn on_http2(&self) {
        self.reads_heads.set(false);
        self.enter(Phase::Idle);
    }

    /// The wire took bytes from the client.
    pub(crate) fn on_read(&self) {
        if self.phase.get() == Phase::Idle && self.reads_heads.get() {
            self.enter(Phase::Head);
        }
    }

    /// The engine hands over a request.
    pub(crate) fn on_request(&self) {
        self.active.set(self.active.get() + 1);
        self.enter(Phase::Serving);
    }

    /// An answer of ours goes to the engine.
    pub(crate) fn on_answer(&self) {
        self.answering.set(true);
    }

    /// The last piece of an answer went to the engine, or its request was given up.
    pub(crate) fn on_end(&self) {
        self.active.set(self.active.get().saturating_sub(1));
    }

    /// The wire has nothing left to write.
    pub(crate) fn on_flushed(&self) {
        self.stalled.set(None);
        if self.active.get() == 0 && self.phase.get() == Phase::Serving {
            self.answering.set(false);
            self.enter(Phase::Idle);
        }
    }

    /// The wire wrote, or could not.
    pub(crate) fn on_write(&self, blocked: bool) {
        self.stalled.set(if blocked { self.stalled.get().or(Some(self.now.get())) } else { None });
    }

    /// Everything is written and closed; the client's remaining bytes are being discarded.
    pub(crate) fn on_linger(&self) {
        if self.phase.get() != Phase::Lingering {
            self.enter(Phase::Lingering);
        }
    }

    pub(crate) fn is_answering(&self) -> bool {
        self.answering.get()
    }

    /// Whether a request body was left unread.
    pub(crate) fn is_unread(&self) -> bool {
        self.unread.get()
    }

    pub(crate) fn set_unread(&self, unread: bool) {
        self.unread.set(unread);
    }

    /// Finish and close.
    pub(crate) fn drain(&self) {
        self.command(Order::Drain);
    }

    /// Close without waiting for anything.
    pub(crate) fn end(&self) {
        self.command(Order::Drop);
    }

    fn command(&self, order: Order) {
        self.order.set(order);
        if let Some(waker) = self.waker.borrow_mut().take() {
            waker.wake();
        }
    }

    /// The connection's task: remembers whom to wake and takes the order, if any.
    pub(crate) fn watch(&self, waker: &Waker) -> Order {
        let mut known = self.waker.borrow_mut();
        if !known.as_ref().is_some_and(|known| known.will_wake(waker)) {
            *known = Some(waker.clone());
        }
        self.order.take()
    }

    /// Once a second; `true` keeps the link under watch.
    pub(crate) fn on_tick(&self, now: Tick, timeouts: &Timeouts) -> bool {
        self.now.set(now);
        let over = |since: Tick, limit: Duration| now.saturating_sub(since) > limit.as_secs();
        let since = self.since.get();
        match self.phase.get() {
            Phase::Idle if over(since, timeouts.idle) => self.command(Order::Drain),
            Phase::Head if over(since, timeouts.head) => self.command(Order::Drop),
            Phase::Lingering if over(since, LINGER) => self.command(Order::Drop),
            _ if self.stalled.get().is_some_and(|since| over(since, timeouts.write)) => {
                self.command(Order::Drop);
            }
            _ => {}
        }
        true
    }
}
