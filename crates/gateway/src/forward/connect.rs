//! New connections to backends.

use super::connection::{Connection, Outbound};
use crate::{
    config::TrustedRoots,
    gather::Gathering,
    observe::Meters,
    reject::{Reject, Stage},
};
use countersign_snapshot::Origin;
use countersign_types::{Code, code};
use hyper::{client::conn::http1, rt};
use hyper_util::rt::TokioIo;
use rustls::{ClientConfig, RootCertStore, pki_types::ServerName};
use std::{io, net::SocketAddr, sync::Arc};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// TLS toward backends: their certificate must chain to a trusted root and name the host.
pub(crate) fn tls_connector(roots: &TrustedRoots) -> io::Result<TlsConnector> {
    let mut store = RootCertStore::empty();
    match roots {
        // A system without a store still serves cleartext backends; TLS ones then fail one by one.
        TrustedRoots::Native => {
            store.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
        TrustedRoots::Only(certificates) => {
            for certificate in certificates {
                store.add(certificate.clone()).map_err(io::Error::other)?;
            }
        }
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = config.map_err(io::Error::other)?.with_root_certificates(store).with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

/// Opens a connection and starts its engine.
pub(super) async fn connect(
    tls: &TlsConnector,
    origin: &Origin,
    meters: &Arc<Meters>,
) -> Result<Connection, Reject> {
    let stream = tcp(origin).await?;
    if origin.tls {
        let name = ServerName::try_from(origin.host.to_string()).map_err(unavailable)?;
        let stream = tls.connect(name, stream).await.map_err(unavailable)?;
        handshake(TokioIo::new(Gathering(stream)), meters).await
    } else {
        handshake(TokioIo::new(Gathering(stream)), meters).await
    }
}

fn reject(code: Code, reason: &'static str) -> Reject {
    Reject::new(Stage::Forward, code, reason)
}

fn unavailable(error: impl std::fmt::Display) -> Reject {
    tracing::debug!(%error, "a backend cannot be reached");
    reject(code::BACKEND_UNAVAILABLE, "backend_unreachable")
}

async fn tcp(origin: &Origin) -> Result<TcpStream, Reject> {
    let addresses: Vec<SocketAddr> = match origin.host.parse() {
        Ok(ip) => vec![SocketAddr::new(ip, origin.port)],
        Err(_) => tokio::net::lookup_host((&*origin.host, origin.port))
            .await
            .map_err(|_| reject(code::BACKEND_NAME, "backend_name"))?
            .collect(),
    };
    let stream = TcpStream::connect(addresses.as_slice()).await.map_err(unavailable)?;
    stream.set_nodelay(true).map_err(unavailable)?;
    Ok(stream)
}

async fn handshake<T>(io: T, meters: &Arc<Meters>) -> Result<Connection, Reject>
where
    T: rt::Read + rt::Write + Unpin + 'static,
{
    let (sender, engine) = http1::handshake::<T, Outbound>(io).await.map_err(unavailable)?;
    // What goes wrong in the engine reaches the request as well, which says so.
    let engine = async { drop(engine.await) };
    Ok(Connection::new(sender, Box::pin(engine), Arc::clone(meters)))
}
