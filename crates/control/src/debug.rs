//! Debugging: a request through the gateway, and what came back, as text.
//!
//! The API is served for this one request only, alone, on a line that nobody else reaches: so a draft is called as it
//! will be once it is published, policies bound to the API do not count, and nothing of it stays.

mod request;
mod transcript;

pub use request::{DebugRequest, Mode, Scheme};

use crate::compile::{Callers, check_servable};
use crate::publish::{self, Version, freeze};
use crate::{Api, Control, Error, InstanceRef, apis, groups};
use countersign_snapshot::source;
use countersign_types::{ApiId, EnvId};
use std::collections::BTreeMap;

/// Most bytes of a response's body that are kept.
pub const BODY_BYTES_MAX: usize = 2 * 1024 * 1024;

/// A request that is ready to be sent.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// Method.
    pub method: &'static str,
    /// How the API is called.
    pub scheme: Scheme,
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

/// Reaches a gateway for a single request. It may block for little more than a minute, not longer.
pub trait Prober: Send + Sync + 'static {
    /// Sends the request over HTTP/1.1 to a gateway that serves this group and nothing else, to nobody else and for as
    /// long as this takes; waits for the whole response. Callers are those that the data plane knows.
    ///
    /// # Errors
    /// Why there is no response, in words for the user.
    fn probe(&self, request: &Outgoing, serving: &source::Group) -> Result<Incoming, String>;
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
    /// Calls an API as a client would: its draft, or what is published in an environment.
    ///
    /// # Errors
    /// Unknown gateway or API, an unacceptable request; a draft that uses variables (`APIG.2030`), that the data plane
    /// would refuse (`APIG.2000`) or cannot serve yet (501).
    pub fn debug_api(
        &self,
        at: &InstanceRef,
        id: &ApiId,
        request: &DebugRequest,
    ) -> Result<Transcript, Error> {
        request.check()?;
        let (subdomain, serving) = self.read(|reader| {
            at.resolve(reader)?;
            let api = apis::require(reader, at, id)?;
            let group = groups::require(reader, at, &api.definition.group_id)?;
            let version = match request.mode {
                Mode::Developer => Some((self.draft(at, &api)?, Callers::AllApps)),
                Mode::Consumer => publish::serving(reader, at, id, request.stage())?
                    .map(|version| (version, Callers::Authorized)),
            };
            let served = version.as_ref().map(|(version, callers)| (version, request.stage(), *callers));
            Ok((group.subdomain(&self.domain_suffix), self.compile_alone(reader, &group, served)?))
        })?;
        let begun = (self.now)();
        let outgoing = request.prepare(&subdomain, begun)?;
        let incoming = self.prober.probe(&outgoing, &serving);
        let latency_ms = (self.now)().unix_millis().saturating_sub(begun.unix_millis());
        Ok(transcript::write(&outgoing, incoming, latency_ms))
    }

    /// The draft as a version that is never stored.
    fn draft(&self, at: &InstanceRef, api: &Api) -> Result<Version, Error> {
        if freeze::uses_any(&api.definition) {
            return Err(Error::debug_request("the backend of the API uses environment variables"));
        }
        let version = Version {
            id: self.new_id(),
            instance_id: at.id.clone(),
            publish_id: self.new_id(),
            api_id: api.id.clone(),
            env_id: EnvId::release(),
            published: (self.now)(),
            remark: None,
            definition: api.definition.clone(),
            variables: BTreeMap::new(),
        };
        check_servable(&version)?;
        Ok(version)
    }
}
