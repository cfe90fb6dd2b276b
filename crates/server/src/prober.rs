//! Debugging calls of the management API, sent to our own gateway.

use countersign_control::debug::{BODY_BYTES_MAX, Incoming, Outgoing, Prober};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming as Body};
use hyper::client::conn::http1;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::OnceLock;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::runtime::Handle;

/// The whole exchange; the longest time that a backend may take.
const TIME_MAX: Duration = Duration::from_secs(60);

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Knows where the gateway listens, once it does.
#[derive(Debug, Default)]
pub(crate) struct GatewayProber {
    address: OnceLock<SocketAddr>,
}

impl GatewayProber {
    /// Tells where the gateway listens.
    pub(crate) fn set_address(&self, address: SocketAddr) {
        // A second gateway in one process does not exist.
        let _already_set = self.address.set(reachable(address));
    }
}

/// A listener on every address is reached through the loopback.
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

impl Prober for GatewayProber {
    fn probe(&self, request: &Outgoing) -> Result<Incoming, String> {
        let address = *self.address.get().ok_or("the gateway does not listen yet")?;
        let exchange = tokio::time::timeout(TIME_MAX, exchange(address, request));
        match Handle::current().block_on(exchange) {
            Ok(outcome) => outcome.map_err(|failure| format!("the gateway did not answer: {failure}")),
            Err(_) => Err(format!("the gateway did not answer within {} s", TIME_MAX.as_secs())),
        }
    }
}

async fn exchange(address: SocketAddr, outgoing: &Outgoing) -> Result<Incoming, Failure> {
    let stream = TcpStream::connect(address).await?;
    let (mut sender, connection) = http1::Builder::new()
        .title_case_headers(true)
        .handshake::<_, Full<Bytes>>(TokioIo::new(stream))
        .await?;
    // Its errors come back through the sender; it ends when the sender and the body are dropped.
    let driving = tokio::spawn(connection);
    let mut request = Request::builder().method(outgoing.method).uri(&outgoing.target);
    for (name, value) in &outgoing.headers {
        request = request.header(name, value);
    }
    let response = sender.send_request(request.body(Full::from(outgoing.body.clone()))?).await?;
    let incoming = read(response).await;
    driving.abort();
    incoming
}

async fn read(response: Response<Body>) -> Result<Incoming, Failure> {
    let (head, mut body) = response.into_parts();
    let text = |value: &hyper::header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let headers = head.headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect();
    let mut kept = Vec::new();
    let mut truncated = false;
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame?.into_data() else { continue };
        let room = BODY_BYTES_MAX - kept.len();
        kept.extend_from_slice(data.get(..room).unwrap_or(&data));
        truncated = data.len() > room;
        if truncated {
            break;
        }
    }
    Ok(Incoming { status: head.status.to_string(), headers, body: kept, truncated })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listener_on_every_address_is_reached_through_the_loopback() {
        for (bound, reached) in
            [("0.0.0.0:80", "127.0.0.1:80"), ("[::]:80", "[::1]:80"), ("10.0.0.1:80", "10.0.0.1:80")]
        {
            assert_eq!(reachable(bound.parse().unwrap()), reached.parse().unwrap());
        }
    }

    #[test]
    fn without_a_gateway_the_answer_is_a_reason() {
        let outgoing = Outgoing { method: "GET", target: "/".into(), headers: vec![], body: vec![] };
        let reason = GatewayProber::default().probe(&outgoing).unwrap_err();
        assert_eq!(reason, "the gateway does not listen yet");
    }
}
