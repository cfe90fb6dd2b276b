//! The management listener: the management API of gateways, the identity API, health and metrics.

use axum::{
    Extension, Router,
    extract::{ConnectInfo, Request},
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
use std::{future::Future, io, net::SocketAddr, time::Duration};
use tokio::net::{TcpListener, TcpStream};
use tower_service::Service;
use tracing::{debug, warn};

const PROMETHEUS_TEXT: HeaderValue = HeaderValue::from_static("text/plain; version=0.0.4");
/// Below this path lies the management API of gateways.
const GATEWAYS: &str = "/v2/";
/// How long a client may take to send a request head.
const HEAD_TIME_MAX: Duration = Duration::from_secs(10);
/// How long requests in flight may take once the listener is told to stop.
const DRAIN_TIME_MAX: Duration = Duration::from_secs(10);
/// Pause after a failed accept, so that exhausted file descriptors do not spin a core.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Everything this listener answers: gateways below `/v2`, what operators ask for, and the identity API.
pub(crate) fn router(apig: Router, identity: Router, metrics: Metrics) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/metrics", get(async move || ([(CONTENT_TYPE, PROMETHEUS_TEXT)], text(&metrics))))
        .fallback(async move |request: Request| {
            let mut plane = if request.uri().path().starts_with(GATEWAYS) { apig } else { identity };
            plane.call(request).await
        })
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
                Ok((stream, peer)) => serve_connection(stream, peer, router.clone(), &connections),
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
fn serve_connection(stream: TcpStream, peer: SocketAddr, router: Router, connections: &GracefulShutdown) {
    let router = router.layer(Extension(ConnectInfo(peer)));
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
