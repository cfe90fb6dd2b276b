//! One request through the proxy: routed, signed, sent, answered.

use super::Proxy;
use super::refusal::{Body, Refusal};
use super::route::Route;
use crate::clock;
use crate::outgoing::Outgoing;
use crate::transport;
use countersign_sign::names;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::header::{CONNECTION, HOST, HeaderMap, HeaderName};
use hyper::{Request, Response, StatusCode};
use std::time::Instant;

/// Most bytes of a body that are held for signing.
const BODY_BYTES_MAX: usize = 64 << 20;

/// The answer, and a line about it for whoever watches.
pub(super) async fn answer(proxy: &Proxy, request: Request<Incoming>) -> Response<Body> {
    let start = Instant::now();
    let line = format!("{} {}", request.method(), request.uri());
    let answer = forward(proxy, request).await.unwrap_or_else(|refusal| {
        eprintln!("countersign: {}", refusal.reason);
        refusal.answer()
    });
    eprintln!("{line} {} {} ms", answer.status().as_u16(), start.elapsed().as_millis());
    answer
}

async fn forward(proxy: &Proxy, request: Request<Incoming>) -> Result<Response<Body>, Refusal> {
    let (head, body) = request.into_parts();
    let Route { url, host } = proxy.routes.route(&head.method, &head.uri, &head.headers)?;
    let mut headers = vec![(HOST.to_string(), host)];
    headers.extend(kept(&head.headers)?);
    let body = Limited::new(body, BODY_BYTES_MAX).collect().await;
    let body = body.map_err(|error| unread(&*error))?;
    let outgoing = Outgoing {
        method: head.method.to_string(),
        url,
        headers,
        body: body.to_bytes(),
        signing_time: clock::now().map_err(bad)?,
        unsigned_payload: false,
    };
    let signed = outgoing.sign(&proxy.signer).map_err(bad)?;
    let request = outgoing.to_http(&signed.headers).map_err(bad)?;
    let answer = transport::open(&outgoing.url, request).await;
    let answer = answer.map_err(|error| Refusal::new(StatusCode::BAD_GATEWAY, format!("{error:#}")))?;
    Ok(hand_back(answer))
}

/// Header lines that go on, as text: not those of the connection, nor those that the signer adds.
fn kept(headers: &HeaderMap) -> Result<Vec<(String, String)>, Refusal> {
    let listed = listed(headers);
    let ends_here = |name: &HeaderName| {
        name == HOST
            || names::REWRITTEN.contains(&name.as_str())
            || names::RESERVED.contains(&name.as_str())
            || listed.contains(name)
    };
    let lines = headers.iter().filter(|(name, _)| !ends_here(name));
    lines
        .map(|(name, value)| {
            let value = std::str::from_utf8(value.as_bytes()).map_err(|_| {
                Refusal::new(StatusCode::BAD_REQUEST, format!("the header {name} is no UTF-8"))
            })?;
            Ok((name.to_string(), value.to_owned()))
        })
        .collect()
}

/// The names that `Connection` lists.
fn listed(headers: &HeaderMap) -> Vec<HeaderName> {
    let values = headers.get_all(CONNECTION).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).filter_map(|name| name.trim().parse().ok()).collect()
}

/// The answer without what belongs to the connection that it came over.
fn hand_back(answer: Response<Incoming>) -> Response<Body> {
    let mut answer = answer.map(BodyExt::boxed);
    for name in listed(answer.headers()) {
        answer.headers_mut().remove(name);
    }
    for name in ["connection", "keep-alive", "proxy-authenticate", "transfer-encoding", "upgrade"] {
        answer.headers_mut().remove(name);
    }
    answer
}

fn unread(error: &(dyn std::error::Error + 'static)) -> Refusal {
    if error.is::<LengthLimitError>() {
        let reason = "the body is longer than the 64 MiB that are held for signing";
        return Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, reason);
    }
    Refusal::new(StatusCode::BAD_REQUEST, format!("the body did not arrive: {error}"))
}

fn bad(error: impl Into<anyhow::Error>) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, format!("{:#}", error.into()))
}
