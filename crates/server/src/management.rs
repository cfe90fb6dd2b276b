//! The management listener: the management API, health and metrics.

use axum::{Router, http::header::CONTENT_TYPE, routing::get};
use countersign_gateway::Metrics;
use std::future::Future;
use tokio::net::TcpListener;

const PROMETHEUS_TEXT: &str = "text/plain; version=0.0.4";

/// Adds what operators ask for to the management API.
pub(crate) fn router(api: Router, metrics: Metrics) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/metrics", get(async move || ([(CONTENT_TYPE, PROMETHEUS_TEXT)], text(&metrics))))
        .fallback_service(api)
}

/// Serves until `stop` resolves, then lets requests in flight finish.
///
/// # Errors
/// When the listener fails.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    axum::serve(listener, router).with_graceful_shutdown(stop).await
}

fn text(metrics: &Metrics) -> String {
    let mut text = String::new();
    metrics.encode(&mut text);
    text
}
