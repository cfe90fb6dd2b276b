//! The management listener: the management API of gateways, the identity API, health and metrics.

use axum::{
    Router,
    extract::ConnectInfo,
    http::{HeaderValue, Request, header::CONTENT_TYPE},
    routing::get,
};
use countersign_gateway::Metrics;
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use std::{future::Future, io, net::SocketAddr, sync::Arc, time::Duration};
use tokio::net::{TcpListener, TcpStream};
use tower_service::Service;
use tracing::{debug, warn};

const PROMETHEUS_TEXT: HeaderValue = HeaderValue::from_static("text/plain; version=0.0.4");
/// Below this path lies the management API of gateways.
const GATEWAYS: &str = "/v2/";
const HEALTH: &str = "/healthz";
const METRICS: &str = "/metrics";
/// How long a client may take to send a request head.
const HEAD_TIME_MAX: Duration = Duration::from_secs(10);
/// How long requests in flight may take once the listener is told to stop.
const DRAIN_TIME_MAX: Duration = Duration::from_secs(10);
/// Pause after a failed accept, so that exhausted file descriptors do not spin a core.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Everything this listener answers.
pub(crate) struct Planes {
    apig: Router,
    identity: Router,
    operators: Router,
}

impl Planes {
    pub(crate) fn new(apig: Router, identity: Router, metrics: Metrics) -> Self {
        let metrics = async move || ([(CONTENT_TYPE, PROMETHEUS_TEXT)], text(&metrics));
        let operators =
            Router::new().route(HEALTH, get(|| async { "ok\n" })).route(METRICS, get(metrics)).with_state(());
        Self { apig, identity, operators }
    }

    /// Gateways below `/v2`, what operators ask for, and the identity API.
    fn plane(&self, path: &str) -> Router {
        match path {
            HEALTH | METRICS => self.operators.clone(),
            _ if path.starts_with(GATEWAYS) => self.apig.clone(),
            _ => self.identity.clone(),
        }
    }
}

fn text(metrics: &Metrics) -> String {
    let mut text = String::new();
    metrics.encode(&mut text);
    text
}

/// Serves until `stop` resolves, then lets requests in flight finish.
pub(crate) async fn serve(
    listener: TcpListener,
    planes: Planes,
    stop: impl Future<Output = ()> + Send + 'static,
) {
    let planes = Arc::new(planes);
    let connections = GracefulShutdown::new();
    tokio::pin!(stop);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => serve_connection(stream, peer, Arc::clone(&planes), &connections),
                Err(error) => pause_after(&error).await,
            },
            () = &mut stop => break,
        }
    }
    drop(listener);
    if tokio::time::timeout(DRAIN_TIME_MAX, connections.shutdown()).await.is_err() {
        warn!("management requests were cut off: they did not finish in time");
    }
}

async fn pause_after(error: &io::Error) {
    warn!(%error, "the management listener could not accept a connection");
    tokio::time::sleep(ACCEPT_PAUSE).await;
}

/// One official client looks for `X-Request-Id` with exactly these capitals, hence the title case.
fn serve_connection(
    stream: TcpStream,
    peer: SocketAddr,
    planes: Arc<Planes>,
    connections: &GracefulShutdown,
) {
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        planes.plane(request.uri().path()).call(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME_MAX)
        .title_case_headers(true)
        .serve_connection(TokioIo::new(stream), service);
    let connection = connections.watch(connection);
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            debug!(%error, "a management connection ended early");
        }
    });
}
