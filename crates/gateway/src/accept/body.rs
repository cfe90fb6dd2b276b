//! Bodies: hashed as they arrive, kept, bounded one by one and all together.

use super::link::Link;
use crate::{
    core::Core,
    reject::{Reject, Stage},
};
use bytes::{Bytes, BytesMut};
use countersign_types::{code, limits::BODY_BYTES_MAX};
use hyper::body::{Body as _, Incoming};
use smallvec::SmallVec;
use std::{
    future::poll_fn,
    pin::Pin,
    rc::Rc,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::time::{Instant, timeout_at};

/// Smaller pieces are copied together: a body of single bytes must not cost a reference for each.
const PIECE_BYTES_MIN: usize = 4 * 1024;
/// Size of the pieces that small ones are copied into.
const TAIL_BYTES: usize = 64 * 1024;

/// A body that nobody has read yet.
pub(crate) struct Unread {
    incoming: Incoming,
    budget: Arc<Budget>,
    /// Told when nothing is left to read; HTTP/2 needs no such care.
    link: Option<Rc<Link>>,
    idle: Duration,
    total: Duration,
}

/// A complete body, in pieces. Clones share them.
#[derive(Clone, Default)]
pub(crate) struct Body {
    /// Last piece first.
    pieces: SmallVec<[Bytes; 1]>,
    bytes: u64,
    _reserved: Option<Rc<Reservation>>,
}

impl Unread {
    pub(super) fn new(incoming: Incoming, core: &Core, link: Option<Rc<Link>>) -> Self {
        if let Some(link) = &link {
            link.set_unread(!incoming.is_end_stream());
        }
        let (idle, total) = (core.timeouts.body, core.timeouts.body_total);
        Self { incoming, budget: Arc::clone(&core.budget), link, idle, total }
    }

    /// Length by the head: 0 without a body, `None` when chunked.
    pub(crate) fn declared_bytes(&self) -> Option<u64> {
        self.incoming.size_hint().exact()
    }

    /// Reads the body to its end and shows every piece to `each` on the way.
    ///
    /// # Errors
    /// 413 over the cap, 503 over the memory budget, 408 when the client is too slow, 400 when it ends early.
    pub(crate) async fn receive(mut self, mut each: impl FnMut(&[u8])) -> Result<Body, Reject> {
        if self.incoming.is_end_stream() {
            return Ok(Body::default());
        }
        let mut collected = Collected::new(&self.budget);
        let end = Instant::now() + self.total;
        while let Some(piece) = self.next(end).await? {
            collected.reserve(piece.len())?;
            each(&piece);
            collected.push(piece);
        }
        if let Some(link) = &self.link {
            link.set_unread(false);
        }
        Ok(collected.into_body())
    }

    /// Reads the body if its head says that it is no longer than this; `None` for any other, and for one that does not
    /// arrive.
    pub(crate) async fn receive_short(self, bytes_max: u64) -> Option<Body> {
        match self.declared_bytes() {
            Some(bytes) if bytes <= bytes_max => self.receive(|_| {}).await.ok(),
            _ => None,
        }
    }

    /// The next piece of data; trailers are read and dropped.
    async fn next(&mut self, end: Instant) -> Result<Option<Bytes>, Reject> {
        loop {
            let frame = poll_fn(|cx| Pin::new(&mut self.incoming).poll_frame(cx));
            let frame = timeout_at(end.min(Instant::now() + self.idle), frame);
            let slow = |_| {
                Reject::new(Stage::Accept, code::CLIENT_TIMEOUT, "slow_body")
                    .detail("the body came too slowly")
            };
            let broken = |_| {
                Reject::new(Stage::Accept, code::REQUEST_ERROR, "broken_body")
                    .detail("the body is incomplete or malformed")
            };
            match frame.await.map_err(slow)? {
                None => return Ok(None),
                Some(frame) => {
                    if let Ok(data) = frame.map_err(broken)?.into_data() {
                        return Ok(Some(data));
                    }
                }
            }
        }
    }
}

impl Body {
    /// A body of our own making; it counts as much as one that was received.
    ///
    /// # Errors
    /// 503 over the memory budget.
    pub(crate) fn made(budget: &Arc<Budget>, bytes: Vec<u8>) -> Result<Self, Reject> {
        let mut made = Collected::new(budget);
        made.reserved.grow(bytes.len() as u64)?;
        made.bytes = bytes.len() as u64;
        made.push(bytes.into());
        Ok(made.into_body())
    }

    /// Length in bytes.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.bytes == 0
    }

    /// The pieces, in order.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = &Bytes> {
        self.pieces.iter().rev()
    }

    /// Takes the next piece, in order.
    pub(crate) fn pop(&mut self) -> Option<Bytes> {
        let piece = self.pieces.pop()?;
        self.bytes -= piece.len() as u64;
        Some(piece)
    }
}

/// A body on its way in.
struct Collected {
    pieces: SmallVec<[Bytes; 1]>,
    tail: BytesMut,
    bytes: u64,
    reserved: Reservation,
}

impl Collected {
    fn new(budget: &Arc<Budget>) -> Self {
        let reserved = Reservation { budget: Arc::clone(budget), bytes: 0 };
        Self { pieces: SmallVec::new(), tail: BytesMut::new(), bytes: 0, reserved }
    }

    fn reserve(&mut self, more: usize) -> Result<(), Reject> {
        self.bytes += more as u64;
        if self.bytes > BODY_BYTES_MAX {
            return Err(Reject::new(Stage::Accept, code::BODY_TOO_LARGE, "body_too_large"));
        }
        self.reserved.grow(more as u64)
    }

    fn push(&mut self, piece: Bytes) {
        if piece.len() >= PIECE_BYTES_MIN {
            self.close_tail();
            self.pieces.push(piece);
        } else {
            self.tail.extend_from_slice(&piece);
            if self.tail.len() >= TAIL_BYTES {
                self.close_tail();
            }
        }
    }

    fn close_tail(&mut self) {
        if !self.tail.is_empty() {
            self.pieces.push(self.tail.split().freeze());
        }
    }

    fn into_body(mut self) -> Body {
        self.close_tail();
        self.pieces.reverse();
        Body { pieces: self.pieces, bytes: self.bytes, _reserved: Some(Rc::new(self.reserved)) }
    }
}

/// Memory for all bodies in flight. Only requests with a body touch it.
pub(crate) struct Budget {
    left: AtomicU64,
}

impl Budget {
    pub(crate) fn new(bytes: u64) -> Self {
        Self { left: AtomicU64::new(bytes) }
    }
}

/// A share of the budget, returned on drop.
struct Reservation {
    budget: Arc<Budget>,
    bytes: u64,
}

impl Reservation {
    fn grow(&mut self, more: u64) -> Result<(), Reject> {
        let take = |left: u64| left.checked_sub(more);
        match self.budget.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take) {
            Ok(_) => {
                self.bytes += more;
                Ok(())
            }
            Err(_) => Err(Reject::new(Stage::Accept, code::OVERLOADED, "body_budget_used_up")),
        }
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        self.budget.left.fetch_add(self.bytes, Ordering::Relaxed);
    }
}
