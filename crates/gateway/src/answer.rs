//! What goes back to the client, whoever wrote it.

use crate::{forward::Streamed, observe::Record};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};

/// Total time in milliseconds, on demand.
const LATENCY: HeaderName = HeaderName::from_static("x-apig-latency");
/// The backend's share of it.
const UPSTREAM_LATENCY: HeaderName = HeaderName::from_static("x-apig-upstream-latency");
/// The id of the request, on every answer.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// An answer of a backend, of a mock, or a refusal.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) payload: Payload,
}

/// The body of an answer.
pub(crate) enum Payload {
    /// All of it at once.
    Full(Bytes),
    /// As the backend sends it.
    Streamed(Streamed),
}

impl Answer {
    /// Puts on what every answer of the gateway carries, over whatever the backend said.
    pub(crate) fn seal(&mut self, record: &mut Record, debug: bool) {
        self.headers.insert(header::SERVER, HeaderValue::from_static("api-gateway"));
        self.headers.insert(REQUEST_ID, record.id_header());
        if debug {
            let millis = |time: std::time::Duration| {
                HeaderValue::from(u64::try_from(time.as_millis()).unwrap_or(u64::MAX))
            };
            self.headers.insert(LATENCY, millis(record.elapsed()));
            if let Some(time) = record.upstream_time() {
                self.headers.insert(UPSTREAM_LATENCY, millis(time));
            }
            for standing in record.standings() {
                if let Some(name) = standing.dimension.header() {
                    self.headers.insert(name, standing.header());
                }
            }
        }
        record.note_status(self.status);
    }
}
