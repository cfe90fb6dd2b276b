//! One request over one connection, plain or TLS.

use crate::exit::usage;
use anyhow::{Context, anyhow};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
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

/// Connects where the URL says, sends the request, and collects the whole answer.
///
/// # Errors
/// When nobody answers there, the certificate is not trusted, or the answer breaks off or is too long.
pub(crate) async fn send(url: &Uri, request: Request<Full<Bytes>>) -> anyhow::Result<Response<Bytes>> {
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
        return exchange(TokioIo::new(stream), request).await;
    }
    let name = ServerName::try_from(host.to_owned()).context("the host is no TLS server name")?;
    let stream = connector()?
        .connect(name, stream)
        .await
        .with_context(|| format!("no TLS with {host}:{port}; is its certificate trusted here?"))?;
    exchange(TokioIo::new(stream), request).await
}

async fn exchange(
    stream: impl Read + Write + Unpin + Send + 'static,
    request: Request<Full<Bytes>>,
) -> anyhow::Result<Response<Bytes>> {
    let (mut sender, connection) = hyper::client::conn::http1::handshake(stream).await?;
    tokio::spawn(connection);
    let (head, body) = sender.send_request(request).await.context("the server gave no answer")?.into_parts();
    let body = Limited::new(body, ANSWER_BYTES_MAX).collect().await;
    let body = body.map_err(|error| anyhow!("the answer broke off or is too long: {error}"))?.to_bytes();
    Ok(Response::from_parts(head, body))
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
