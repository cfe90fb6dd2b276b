//! Debugging calls of the management API, each on a line of its own inside this process: what is debugged is reached
//! through no socket.

use countersign_control::debug::{BODY_BYTES_MAX, Incoming, Outgoing, Prober, Scheme};
use countersign_gateway::PrivateLine;
use countersign_snapshot::{Snapshot, source};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming as Body};
use hyper::client::conn::http1;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use std::sync::OnceLock;
use std::time::Duration;
use tokio::io::DuplexStream;
use tokio::runtime::Handle;

/// The whole exchange: the longest time that a backend may take, and some for the gateway to say that it did.
const TIME_MAX: Duration = Duration::from_secs(65);
/// What may wait between debugger and gateway.
const STREAM_BYTES: usize = 64 * 1024;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Calls the gateway, once it runs.
#[derive(Default)]
pub(crate) struct GatewayProber {
    line: OnceLock<PrivateLine>,
}

impl GatewayProber {
    /// Tells which gateway runs.
    pub(crate) fn set_line(&self, line: PrivateLine) {
        // A second gateway in one process does not exist.
        let _already_set = self.line.set(line);
    }
}

impl Prober for GatewayProber {
    fn probe(&self, request: &Outgoing, serving: &source::Group) -> Result<Incoming, String> {
        let line = self.line.get().ok_or("the gateway does not run yet")?;
        let public = line.public().ok_or("the gateway has no configuration yet")?;
        let snapshot = public.only(serving).map_err(|fault| fault.to_string())?;
        let exchange = tokio::time::timeout(TIME_MAX, exchange(line, snapshot, request));
        match Handle::current().block_on(exchange) {
            Ok(outcome) => outcome.map_err(|failure| format!("the gateway did not answer: {failure}")),
            Err(_) => Err(format!("the gateway did not answer within {} s", TIME_MAX.as_secs())),
        }
    }
}

/// Both ends at once; it is over when the debugger has what it wants.
async fn exchange(line: &PrivateLine, snapshot: Snapshot, outgoing: &Outgoing) -> Result<Incoming, Failure> {
    let scheme = match outgoing.scheme {
        Scheme::Http => countersign_gateway::Scheme::Http,
        Scheme::Https => countersign_gateway::Scheme::Https,
    };
    let (near, far) = tokio::io::duplex(STREAM_BYTES);
    let serving = async {
        match line.serve(snapshot, scheme, far).await {
            // The answer may still be on its way.
            Ok(()) => std::future::pending().await,
            Err(failure) => Err(failure.into()),
        }
    };
    tokio::select! {
        outcome = call(near, outgoing) => outcome,
        failure = serving => failure,
    }
}

async fn call(stream: DuplexStream, outgoing: &Outgoing) -> Result<Incoming, Failure> {
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
    fn without_a_gateway_the_answer_is_a_reason() {
        let outgoing = Outgoing {
            method: "GET",
            scheme: Scheme::Http,
            target: "/".into(),
            headers: vec![],
            body: vec![],
        };
        let group = source::Group {
            id: "group".to_owned().try_into().unwrap(),
            instance_id: "instance".to_owned().try_into().unwrap(),
            subdomain: None,
            hosts: vec![],
            by_address: false,
            releases: vec![],
            responses: vec![],
        };
        let reason = GatewayProber::default().probe(&outgoing, &group).unwrap_err();
        assert_eq!(reason, "the gateway does not run yet");
    }
}
