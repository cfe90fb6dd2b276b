//! The management listener: the management API, health and metrics.

use axum::{
    Router,
    http::{HeaderValue, header::CONTENT_TYPE},
    routing::get,
};
use countersign_gateway::Metrics;
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use std::{future::Future, io, time::Duration};
use tokio::net::{TcpListener, TcpStream};
use tracing::{debug, warn};

const PROMETHEUS_TEXT: HeaderValue = HeaderValue::from_static("text/plain; version=0.0.4");
/// How long a client may take to send a request head.
const HEAD_TIME_MAX: Duration = Duration::from_secs(10);
/// How long requests in flight may take once the listener is told to stop.
const DRAIN_TIME_MAX: Duration = Duration::from_secs(10);
/// Pause after a failed accept, so that exhausted file descriptors do not spin a core.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Adds what operators ask for to the management API.
pub(crate) fn router(api: Router, metrics: Metrics) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/metrics", get(async move || ([(CONTENT_TYPE, PROMETHEUS_TEXT)], text(&metrics))))
        .fallback_service(api)
}

fn text(metrics: &Metrics) -> String {
    let mut text = String::new();
    metrics.encode(&mut text);
    text
}

/// Serves until `stop` resolves, then lets requests in flight finish.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()> + Send + 'static,
) {
    let connections = GracefulShutdown::new();
    tokio::pin!(stop);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => serve_connection(stream, router.clone(), &connections),
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
fn serve_connection(stream: TcpStream, router: Router, connections: &GracefulShutdown) {
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME_MAX)
        .title_case_headers(true)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    let connection = connections.watch(connection);
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            debug!(%error, "a management connection ended early");
        }
    });
}
