//! The line for one connection that nobody else can reach.

use crate::{
    accept::{self, Peer, Scheme},
    observe::{CallBook, CallCounter, LogBuffer, Meters, RefusalBook, RefusalNotes, RequestIds},
    run::{Observers, Shared},
    snapshots::Snapshots,
};
use countersign_snapshot::Snapshot;
use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    rc::Rc,
    sync::Arc,
};
use tokio::io::{AsyncRead, AsyncWrite};

/// Serves a connection with a configuration of its own, stage by stage as any other. It listens nowhere, so that what
/// it serves can be reached through the given stream only, and it keeps nothing: neither records nor counters.
pub struct PrivateLine(Shared);

impl PrivateLine {
    pub(crate) fn new(shared: Shared) -> Self {
        Self(shared)
    }

    /// What clients are served from at the moment.
    #[must_use]
    pub fn public(&self) -> Option<Arc<Snapshot>> {
        self.0.snapshots().current()
    }

    /// Serves HTTP/1.1 on the stream to its end. Only the API's own timeouts apply. The caller counts as one on this
    /// machine that came by this scheme.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub async fn serve<S>(&self, snapshot: Snapshot, scheme: Scheme, stream: S) -> io::Result<()>
    where
        S: AsyncRead + AsyncWrite + Unpin + 'static,
    {
        let snapshots = Snapshots::default();
        snapshots.swap(snapshot);
        let meters = Arc::new(Meters::default());
        let shared = self.0.clone().serving(snapshots);
        let observers = Observers {
            ids: RequestIds::seeded()?,
            log: LogBuffer::silent(Arc::clone(&meters)),
            meters,
            calls: CallCounter::new(CallBook::begin(shared.now())),
            refusals: RefusalNotes::new(RefusalBook::default()),
        };
        let core = shared.core(observers);
        let peer = Peer::new(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), scheme);
        accept::serve(stream, peer, Rc::new(core)).await;
        Ok(())
    }
}
