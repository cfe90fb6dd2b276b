//! Starting and stopping the workers.

use crate::{
    accept::{self, Budget},
    authenticate::{InquiryBudget, Lockout, Sessions},
    authorizer,
    config::Config,
    core::{Core, SnapshotCache},
    forward::Pool,
    observe::{
        CallBook, CallCounter, LogBuffer, LogWriter, Meters, Metrics, RefusalBook, RefusalNotes, RequestIds,
    },
    private::PrivateLine,
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
    refusals: RefusalBook,
    /// `Some` is the order to stop, with the time left for requests under way.
    stop: watch::Sender<Option<Duration>>,
    workers: Vec<JoinHandle<()>>,
    log: LogWriter,
    shared: Shared,
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
        lockout: Arc::default(),
        config,
        snapshots,
        clock,
        address,
    };
    let log = LogWriter::open(&shared.config.access_log)?;
    let calls = CallBook::begin(clock());
    let refusals = RefusalBook::default();
    let meters: Vec<_> = listeners.iter().map(|_| Arc::new(Meters::default())).collect();
    let start = |(index, (listener, meters)): (usize, (TcpListener, &Arc<Meters>))| {
        let observers = Observers {
            ids: RequestIds::seeded()?,
            log: log.buffer(Arc::clone(meters)),
            meters: Arc::clone(meters),
            calls: CallCounter::new(calls.clone()),
            refusals: RefusalNotes::new(refusals.clone()),
        };
        shared.start_worker(index, listener, observers, stopping.clone())
    };
    let workers = listeners.into_iter().zip(&meters).enumerate().map(start).collect::<io::Result<_>>()?;
    let metrics = Metrics::new(meters);
    Ok(Running { address, metrics, calls, refusals, stop, workers, log, shared })
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

    /// The refusals that it diagnosed; clones stay valid after shutdown.
    #[must_use]
    pub fn refusals(&self) -> RefusalBook {
        self.refusals.clone()
    }

    /// A line of its own for single connections, that goes on when this one stops.
    #[must_use]
    pub fn private_line(&self) -> PrivateLine {
        PrivateLine::new(self.shared.clone())
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

/// What one worker writes its requests down with.
pub(crate) struct Observers {
    pub(crate) ids: RequestIds,
    pub(crate) log: LogBuffer,
    pub(crate) meters: Arc<Meters>,
    pub(crate) calls: CallCounter,
    pub(crate) refusals: RefusalNotes,
}

/// What is the same for all workers.
#[derive(Clone)]
pub(crate) struct Shared {
    config: Arc<Config>,
    snapshots: Snapshots,
    clock: fn() -> Timestamp,
    address: SocketAddr,
    tls: tokio_rustls::TlsConnector,
    budget: Arc<Budget>,
    lockout: Arc<Lockout>,
}

impl Shared {
    fn start_worker(
        &self,
        index: usize,
        listener: TcpListener,
        observers: Observers,
        stop: watch::Receiver<Option<Duration>>,
    ) -> io::Result<JoinHandle<()>> {
        let shared = self.clone();
        let runtime = tokio::runtime::Builder::new_current_thread();
        thread::Builder::new().name(format!("gateway-{index}")).spawn(move || {
            let connections_max = shared.config.connections_max;
            run_worker(runtime, listener, &Rc::new(shared.core(observers)), connections_max, stop);
        })
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    pub(crate) fn snapshots(&self) -> &Snapshots {
        &self.snapshots
    }

    /// The same with another configuration.
    pub(crate) fn serving(self, snapshots: Snapshots) -> Self {
        Self { snapshots, ..self }
    }

    /// What one worker owns; it stays on its thread.
    pub(crate) fn core(self, observers: Observers) -> Core {
        let Observers { ids, log, meters, calls, refusals } = observers;
        Core {
            address: self.address,
            clock: self.clock,
            trusted_proxies: self.config.trusted_proxies.clone(),
            timeouts: self.config.timeouts.clone(),
            subdomain_calls_per_day: self.config.subdomain_calls_per_day,
            budget: self.budget,
            pool: Pool::new(self.tls, Arc::clone(&meters)),
            meters,
            log,
            calls,
            refusals,
            inquiries: InquiryBudget::default(),
            ids,
            tick: Cell::new(0),
            links: RefCell::new(Vec::new()),
            snapshots: SnapshotCache::new(self.snapshots),
            sessions: Sessions::default(),
            app_code_over_http: self.config.app_code_over_http,
            authorizers: authorizer::Cache::default(),
            lockout: self.lockout,
        }
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
