//! Starting and stopping the workers.

use crate::{
    accept::{self, Budget},
    authenticate::Sessions,
    config::Config,
    core::{Core, SnapshotCache},
    forward::Pool,
    observe::{CallBook, CallCounter, LogWriter, Meters, Metrics, RequestIds},
    snapshots::Snapshots,
};
use countersign_types::Timestamp;
use std::{
    cell::{Cell, RefCell},
    io,
    net::{SocketAddr, TcpListener},
    num::NonZero,
    rc::Rc,
    sync::Arc,
    thread::{self, JoinHandle},
    time::Duration,
};
use tokio::sync::watch;

/// A data plane at work. Dropping it stops it without draining.
pub struct Running {
    address: SocketAddr,
    metrics: Metrics,
    calls: CallBook,
    /// `Some` is the order to stop, with the time left for requests under way.
    stop: watch::Sender<Option<Duration>>,
    workers: Vec<JoinHandle<()>>,
    log: LogWriter,
}

/// Starts the workers; they accept when this returns.
///
/// # Errors
/// When the address cannot be bound, the access log not opened, the trusted certificates not loaded, or a
/// thread not started.
pub fn start(config: Config, snapshots: Snapshots, clock: fn() -> Timestamp) -> io::Result<Running> {
    let config = Arc::new(config);
    let workers = match config.workers {
        0 => thread::available_parallelism().map_or(1, NonZero::get),
        workers => workers,
    };
    let listeners = accept::listeners(config.address, workers)?;
    let address = listeners.first().map_or(Ok(config.address), TcpListener::local_addr)?;
    let (stop, stopping) = watch::channel(None);
    let shared = Shared {
        tls: crate::forward::tls_connector(&config.trusted_roots)?,
        budget: Arc::new(Budget::new(config.body_budget_bytes)),
        log: LogWriter::open(&config.access_log)?,
        calls: CallBook::begin(clock()),
        config,
        snapshots,
        clock,
        address,
    };
    let meters: Vec<_> = listeners.iter().map(|_| Arc::new(Meters::default())).collect();
    let start = |(index, (listener, meters)): (usize, (TcpListener, &Arc<Meters>))| {
        shared.start_worker(index, listener, Arc::clone(meters), stopping.clone())
    };
    let workers = listeners.into_iter().zip(&meters).enumerate().map(start).collect::<io::Result<_>>()?;
    let (metrics, calls) = (Metrics::new(meters), shared.calls);
    Ok(Running { address, metrics, calls, stop, workers, log: shared.log })
}

impl Running {
    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its counters; clones stay valid after shutdown.
    #[must_use]
    pub fn metrics(&self) -> Metrics {
        self.metrics.clone()
    }

    /// What it counted of calls; clones stay valid after shutdown.
    #[must_use]
    pub fn calls(&self) -> CallBook {
        self.calls.clone()
    }

    /// Stops accepting, lets requests under way finish for at most `drain`, writes out the access log and returns.
    /// It blocks the calling thread.
    pub fn shutdown(self, drain: Duration) {
        self.stop.send_replace(Some(drain));
        for worker in self.workers {
            if worker.join().is_err() {
                tracing::error!("a worker of the gateway ended with a panic");
            }
        }
        self.log.close();
    }
}

/// What is the same for all workers.
struct Shared {
    config: Arc<Config>,
    snapshots: Snapshots,
    clock: fn() -> Timestamp,
    address: SocketAddr,
    tls: tokio_rustls::TlsConnector,
    budget: Arc<Budget>,
    log: LogWriter,
    calls: CallBook,
}

impl Shared {
    fn start_worker(
        &self,
        index: usize,
        listener: TcpListener,
        meters: Arc<Meters>,
        stop: watch::Receiver<Option<Duration>>,
    ) -> io::Result<JoinHandle<()>> {
        let (config, snapshots, clock, address) =
            (Arc::clone(&self.config), self.snapshots.clone(), self.clock, self.address);
        let (tls, budget, log) =
            (self.tls.clone(), Arc::clone(&self.budget), self.log.buffer(Arc::clone(&meters)));
        let (ids, calls) = (RequestIds::seeded()?, self.calls.clone());
        let runtime = tokio::runtime::Builder::new_current_thread();
        thread::Builder::new().name(format!("gateway-{index}")).spawn(move || {
            let core = Core {
                address,
                clock,
                timeouts: config.timeouts.clone(),
                budget,
                pool: Pool::new(tls, Arc::clone(&meters)),
                meters,
                log,
                calls: CallCounter::new(calls),
                ids,
                tick: Cell::new(0),
                links: RefCell::new(Vec::new()),
                snapshots: SnapshotCache::new(snapshots),
                sessions: Sessions::default(),
                app_code_over_http: config.app_code_over_http,
            };
            run_worker(runtime, listener, &Rc::new(core), config.connections_max, stop);
        })
    }
}

fn run_worker(
    mut runtime: tokio::runtime::Builder,
    listener: TcpListener,
    core: &Rc<Core>,
    connections_max: usize,
    stop: watch::Receiver<Option<Duration>>,
) {
    match runtime.enable_all().build_local(tokio::runtime::LocalOptions::default()) {
        Ok(runtime) => {
            if let Err(error) =
                runtime.block_on(accept::listen(listener, Rc::clone(core), connections_max, stop))
            {
                tracing::error!(%error, "a worker of the gateway cannot accept connections");
            }
            // What is still open is aborted here; the records of aborted requests are written below.
            drop(runtime);
            core.log.flush();
        }
        Err(error) => tracing::error!(%error, "a worker of the gateway cannot start its runtime"),
    }
}
