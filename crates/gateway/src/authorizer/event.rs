//! What a function is told: the event of a custom authorizer as JSON.

use super::Question;
use crate::{
    accept::{Body, Request},
    forward::is_hop_by_hop,
    query::{decode, pairs},
};
use base64::{engine::general_purpose::STANDARD, write::EncoderWriter};
use countersign_snapshot::{Authorizer, Carrier, source::Auth};
use serde::Serialize;
use serde_json::{Map, Value};
use std::io::Write;

/// Headers that may hold the first factor of two, which the gateway has checked: a function that is not told to
/// identify callers by them has no use for them.
const FIRST_FACTOR: [&str; 7] = [
    "authorization",
    "x-auth-token",
    "x-security-token",
    "x-apig-appcode",
    "x-hw-id",
    "x-hw-appkey",
    FIRST_FACTOR_QUERY,
];
/// The same in the query.
const FIRST_FACTOR_QUERY: &str = "apikey";

/// The event; a body follows as further members.
#[derive(Serialize)]
struct Event<'e> {
    headers: Map<String, Value>,
    #[serde(rename = "queryStringParameters")]
    query: Map<String, Value>,
    user_data: &'e str,
}

/// Writes the event.
pub(super) fn write(question: &Question<'_, '_>, authorizer: &Authorizer) -> Vec<u8> {
    let hidden = Hidden { authorizer, auth: question.routed.release.auth };
    let event = Event {
        headers: headers(question.request, &hidden),
        query: query(question.request, &hidden),
        user_data: &authorizer.user_data,
    };
    let mut event = serde_json::to_vec(&event).unwrap_or_default();
    if authorizer.takes_body && event.pop().is_some() {
        push_body(&mut event, question.body.cloned().unwrap_or_default());
    }
    event
}

/// Which credentials the function does not see.
struct Hidden<'e> {
    authorizer: &'e Authorizer,
    auth: Auth,
}

impl Hidden<'_> {
    fn hides(&self, is_it: impl Fn(&Carrier, &str) -> bool) -> bool {
        matches!(self.auth, Auth::App | Auth::Iam)
            && !self.authorizer.identities.iter().any(|identity| is_it(&identity.carrier, &identity.name))
    }
}

/// Lines of one name stand together; names are in lower case.
fn headers(request: &Request, hidden: &Hidden<'_>) -> Map<String, Value> {
    let mut headers = Map::new();
    for name in request.headers().keys() {
        let is_it = |carrier: &Carrier, _: &str| matches!(carrier, Carrier::Header(own) if own == name);
        let is_framing = matches!(name.as_str(), "content-length" | "expect");
        if is_hop_by_hop(name) || is_framing || (FIRST_FACTOR.contains(&name.as_str()) && hidden.hides(is_it))
        {
            continue;
        }
        let lines =
            request.headers().get_all(name).iter().map(|line| String::from_utf8_lossy(line.as_bytes()));
        headers.insert(name.as_str().to_owned(), lines.collect::<Vec<_>>().join(", ").into());
    }
    headers
}

/// A name that stands more than once has a list: a function that expects a text notices.
fn query(request: &Request, hidden: &Hidden<'_>) -> Map<String, Value> {
    let mut query = Map::new();
    for (name, value) in pairs(request.query()) {
        let (name, value) = (text(name), Value::String(text(value)));
        let is_it = |carrier: &Carrier, own: &str| *carrier == Carrier::Query && own == name;
        if name == FIRST_FACTOR_QUERY && hidden.hides(is_it) {
            continue;
        }
        match query.get_mut(&name) {
            None => drop(query.insert(name, value)),
            Some(Value::Array(values)) => values.push(value),
            Some(first) => *first = Value::Array(vec![first.take(), value]),
        }
    }
    query
}

fn text(raw: &str) -> String {
    decode(raw).map_or_else(|()| raw.to_owned(), std::borrow::Cow::into_owned)
}

/// Writing into memory cannot fail.
fn push_body(event: &mut Vec<u8>, mut body: Body) {
    event.extend_from_slice(br#","body":""#);
    let mut encoder = EncoderWriter::new(&mut *event, &STANDARD);
    while let Some(piece) = body.pop() {
        let _infallible = encoder.write_all(&piece);
    }
    let _infallible = encoder.finish();
    drop(encoder);
    event.extend_from_slice(br#"","isBase64Encoded":true}"#);
}
