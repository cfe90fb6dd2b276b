//! One request over one connection, plain or TLS.

use anyhow::{Context, bail};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::rt::{Read, Write};
use hyper::{Request, Response, Uri};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use std::sync::Arc;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// Connects where the URL says, sends the request, and collects the whole answer.
pub(super) async fn send(url: &Uri, request: Request<Full<Bytes>>) -> anyhow::Result<Response<Bytes>> {
    let host = url.host().context("the URL has no host")?.trim_matches(['[', ']']);
    let is_tls = match url.scheme_str() {
        Some("http") => false,
        Some("https") => true,
        _ => bail!("the URL begins neither with http:// nor with https://"),
    };
    let port = url.port_u16().unwrap_or(if is_tls { 443 } else { 80 });
    let stream = TcpStream::connect((host, port))
        .await
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
    let body = body.collect().await.context("the answer broke off")?.to_bytes();
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
