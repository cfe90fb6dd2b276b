//! Listening: one socket a worker on the same port, so that the kernel spreads connections.

use super::{
    connection,
    peer::{Peer, Scheme},
};
use crate::core::Core;
use socket2::{Domain, Protocol, Socket, Type};
use std::{
    io,
    net::{SocketAddr, TcpListener},
    rc::Rc,
    sync::Arc,
    time::Duration,
};
use tokio::{
    net::TcpStream,
    sync::{Semaphore, watch},
    time::{Instant, interval, sleep, timeout_at},
};

/// Connections the kernel queues for one worker.
const BACKLOG: i32 = 4096;
/// Rest after the system refused a connection, for lack of descriptors say.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Binds one listener a worker; with port 0 the first takes a free one and the others follow.
pub(crate) fn listeners(address: SocketAddr, workers: usize) -> io::Result<Vec<TcpListener>> {
    let first = bind(address)?;
    let address = first.local_addr()?;
    std::iter::once(Ok(first)).chain((1..workers).map(|_| bind(address))).collect()
}

fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    socket.set_reuse_address(true)?;
    socket.set_reuse_port(true)?;
    socket.set_nonblocking(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}

/// Accepts until told to stop, then waits for what is under way.
pub(crate) async fn listen(
    listener: TcpListener,
    core: Rc<Core>,
    connections_max: usize,
    mut stop: watch::Receiver<Option<Duration>>,
) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let slots = Arc::new(Semaphore::new(connections_max));
    let ticker = tokio::task::spawn_local(tick(Rc::clone(&core)));
    let drain = loop {
        tokio::select! {
            biased;
            // An error says that the handle was dropped: stop at once.
            order = stop.wait_for(Option::is_some) => break order.ok().and_then(|order| *order),
            () = accept_one(&listener, &slots, &core) => {}
        }
    };
    drop(listener);
    finish(&core, &slots, connections_max, drain.unwrap_or_default()).await;
    ticker.abort();
    Ok(())
}

async fn accept_one(listener: &tokio::net::TcpListener, slots: &Arc<Semaphore>, core: &Rc<Core>) {
    let Ok(slot) = Arc::clone(slots).acquire_owned().await else { return };
    match listener.accept().await {
        Ok((stream, peer)) => {
            let core = Rc::clone(core);
            tokio::task::spawn_local(async move {
                serve(stream, peer, core).await;
                drop(slot);
            });
        }
        Err(error) => {
            tracing::warn!(%error, "a connection could not be accepted");
            sleep(ACCEPT_PAUSE).await;
        }
    }
}

async fn serve(stream: TcpStream, peer: SocketAddr, core: Rc<Core>) {
    // Answers are written whole; waiting to fill a segment would only delay them.
    if stream.set_nodelay(true).is_ok() {
        let peer = Peer::new(peer, Scheme::Http).among(&core.trusted_proxies);
        connection::serve(stream, peer, core).await;
    }
}

async fn tick(core: Rc<Core>) {
    let mut seconds = interval(Duration::from_secs(1));
    loop {
        seconds.tick().await;
        core.on_tick();
    }
}

/// Lets requests under way finish; idle connections close at once.
async fn finish(core: &Core, slots: &Semaphore, connections_max: usize, drain: Duration) {
    for link in core.links.borrow().iter().filter_map(std::rc::Weak::upgrade) {
        link.drain();
    }
    let all = u32::try_from(connections_max).unwrap_or(u32::MAX);
    if timeout_at(Instant::now() + drain, slots.acquire_many(all)).await.is_err() {
        tracing::warn!("requests were still under way when the time to drain ended");
    }
}
