//! Connections, plain or TLS, and requests over them.

use crate::exit::usage;
use anyhow::{Context, anyhow};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1::SendRequest;
use hyper::rt::{Read, Write};
use hyper::{Request, Response, Uri};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// What an answer may hold; more would rather be a mistake than a wish.
const ANSWER_BYTES_MAX: usize = 256 << 20;
const CONNECT_SECONDS_MAX: u64 = 10;

/// A connection that takes one request after the other.
pub(crate) type Sender = SendRequest<Full<Bytes>>;

/// Sends the request over a connection of its own, and collects the whole answer.
///
/// # Errors
/// As [`open`], and when the answer breaks off or is too long.
pub(crate) async fn send(url: &Uri, request: Request<Full<Bytes>>) -> anyhow::Result<Response<Bytes>> {
    let (head, body) = open(url, request).await?.into_parts();
    let body = Limited::new(body, ANSWER_BYTES_MAX).collect().await;
    let body = body.map_err(|error| anyhow!("the answer broke off or is too long: {error}"))?.to_bytes();
    Ok(Response::from_parts(head, body))
}

/// Sends the request over a connection of its own; the body of the answer is still to come.
///
/// # Errors
/// As [`connect`], and when the server gives no answer.
pub(crate) async fn open(url: &Uri, request: Request<Full<Bytes>>) -> anyhow::Result<Response<Incoming>> {
    connect(url).await?.send_request(request).await.context("the server gave no answer")
}

/// Connects where the URL says.
///
/// # Errors
/// When nobody answers there, or the certificate is not trusted.
pub(crate) async fn connect(url: &Uri) -> anyhow::Result<Sender> {
    let host = url.host().context("the URL has no host")?.trim_matches(['[', ']']);
    let is_tls = match url.scheme_str() {
        Some("http") => false,
        Some("https") => true,
        _ => return Err(usage("the URL begins neither with http:// nor with https://")),
    };
    let port = url.port_u16().unwrap_or(if is_tls { 443 } else { 80 });
    let stream =
        tokio::time::timeout(Duration::from_secs(CONNECT_SECONDS_MAX), TcpStream::connect((host, port)))
            .await
            .map_err(|_| {
                anyhow!("no connection to {host}:{port} in {CONNECT_SECONDS_MAX} s; is it the right address?")
            })?
            .with_context(|| format!("cannot connect to {host}:{port}; is the server running?"))?;
    if !is_tls {
        return handshake(TokioIo::new(stream)).await;
    }
    let name = ServerName::try_from(host.to_owned()).context("the host is no TLS server name")?;
    let stream = connector()?
        .connect(name, stream)
        .await
        .with_context(|| format!("no TLS with {host}:{port}; is its certificate trusted here?"))?;
    handshake(TokioIo::new(stream)).await
}

async fn handshake(stream: impl Read + Write + Unpin + Send + 'static) -> anyhow::Result<Sender> {
    let (sender, connection) = hyper::client::conn::http1::handshake(stream).await?;
    tokio::spawn(connection);
    Ok(sender)
}

/// TLS against the certificates that this machine trusts.
fn connector() -> anyhow::Result<TlsConnector> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}
