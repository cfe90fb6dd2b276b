//! Debugging: a request through the gateway, and what came back, as text.

mod request;
mod transcript;

pub use request::{DebugRequest, Mode};

use crate::{Control, Error, InstanceRef, apis, groups};
use countersign_types::ApiId;

/// Most bytes of a response's body that are kept.
pub const BODY_BYTES_MAX: usize = 2 * 1024 * 1024;

/// A request that is ready to be sent.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// Method.
    pub method: &'static str,
    /// Path and query as they stand on the wire.
    pub target: String,
    /// Header lines, `Host` first.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: Vec<u8>,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// Status and reason, such as `200 OK`.
    pub status: String,
    /// Header lines.
    pub headers: Vec<(String, String)>,
    /// Body, at most [`BODY_BYTES_MAX`] bytes.
    pub body: Vec<u8>,
    /// Whether more was sent than was kept.
    pub truncated: bool,
}

/// Reaches the gateway that serves what this control plane writes. It may block for a minute, not longer.
pub trait Prober: Send + Sync + 'static {
    /// Sends the request over HTTP/1.1 and waits for the whole response.
    ///
    /// # Errors
    /// Why there is no response, in words for the user.
    fn probe(&self, request: &Outgoing) -> Result<Incoming, String>;
}

/// What a debugging call answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transcript {
    /// The request as text.
    pub request: String,
    /// The response as text; empty when there was none.
    pub response: String,
    /// How long it took, in milliseconds.
    pub latency_ms: u64,
    /// What else there is to say.
    pub log: String,
}

impl Control {
    /// Calls a published API through the gateway as any client would.
    ///
    /// # Errors
    /// Unknown gateway or API, an unacceptable request, a mode that is not built (501).
    pub fn debug_api(
        &self,
        at: &InstanceRef,
        id: &ApiId,
        request: &DebugRequest,
    ) -> Result<Transcript, Error> {
        request.check()?;
        let subdomain = self.read(|reader| {
            at.resolve(reader)?;
            let api = apis::require(reader, at, id)?;
            let group = groups::require(reader, at, &api.definition.group_id)?;
            Ok(group.subdomain(&self.domain_suffix))
        })?;
        let begun = (self.now)();
        let outgoing = request.prepare(&subdomain, begun)?;
        let incoming = self.prober.probe(&outgoing);
        let latency_ms = (self.now)().unix_millis().saturating_sub(begun.unix_millis());
        Ok(transcript::write(&outgoing, incoming, latency_ms))
    }
}
