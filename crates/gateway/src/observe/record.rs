//! The record of one request: filled in on the way, written once at its end, whatever the end is.

use super::{ids::RequestId, meters::Meters};
use crate::{
    accept::{Body, Link, Request},
    authenticate::{Caller, Who},
    core::Core,
    reject::{Reject, Stage},
    route::Routed,
};
use countersign_snapshot::Origin;
use countersign_types::{ApiId, AppId, Code, Timestamp, UserId};
use http::{HeaderValue, Method, StatusCode, Uri, Version, header};
use serde::{Serialize, Serializer};
use std::{
    net::SocketAddr,
    rc::Rc,
    sync::Arc,
    time::{Duration, Instant},
};

/// What is remembered of a request until its end.
pub(crate) struct Record {
    core: Rc<Core>,
    link: Rc<Link>,
    started: Instant,
    upstream_time: Option<Duration>,
    line: Line,
}

/// The members of a record, in the order in which they are written.
#[derive(Serialize)]
struct Line {
    #[serde(serialize_with = "time")]
    time: Timestamp,
    #[serde(serialize_with = "id")]
    request_id: RequestId,
    peer: SocketAddr,
    #[serde(serialize_with = "version")]
    version: Version,
    #[serde(serialize_with = "method")]
    method: Method,
    #[serde(serialize_with = "header_text")]
    host: Option<HeaderValue>,
    /// Without the query, which may hold what nobody should log.
    #[serde(serialize_with = "path")]
    path: Uri,
    #[serde(serialize_with = "header_text")]
    user_agent: Option<HeaderValue>,
    status: u16,
    /// `answered`, or the stage that refused.
    stage: &'static str,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "code")]
    code: Option<Code>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    api_id: Option<ApiId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    app_id: Option<AppId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_id: Option<UserId>,
    /// The signature did not cover the body.
    payload_unsigned: bool,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "origin")]
    upstream: Option<Arc<Origin>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    upstream_us: Option<u64>,
    request_bytes: u64,
    response_bytes: u64,
    total_us: u64,
    /// The client did not take the whole answer, or the backend did not give it.
    aborted: bool,
}

impl Record {
    pub(crate) fn new(core: Rc<Core>, link: Rc<Link>, request: &Request) -> Self {
        core.meters.requests.enter();
        let line = Line {
            time: request.arrived,
            request_id: request.id.clone(),
            peer: request.peer,
            version: request.version(),
            method: request.method().clone(),
            host: request.headers().get(header::HOST).cloned(),
            path: request.uri().clone(),
            user_agent: request.headers().get(header::USER_AGENT).cloned(),
            ..Line::empty(request.arrived, request.id.clone(), request.peer)
        };
        Self { core, link, started: Instant::now(), upstream_time: None, line }
    }

    pub(crate) fn request_id(&self) -> &str {
        self.line.request_id.as_str()
    }

    pub(crate) fn id_header(&self) -> HeaderValue {
        self.line.request_id.header()
    }

    pub(crate) fn body_is_unread(&self) -> bool {
        self.link.is_unread()
    }

    /// Time since arrival.
    pub(crate) fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// What the backend took until its head.
    pub(crate) fn upstream_time(&self) -> Option<Duration> {
        self.upstream_time
    }

    pub(crate) fn note_route(&mut self, routed: &Routed<'_>) {
        self.line.api_id = Some(routed.release.api_id.clone());
    }

    pub(crate) fn note_caller(&mut self, caller: &Caller<'_>, body: &Body) {
        self.line.request_bytes = body.bytes();
        self.line.payload_unsigned = caller.payload_unsigned();
        match caller.who() {
            Who::Anonymous => {}
            Who::App { id, .. } => self.line.app_id = Some((*id).clone()),
            Who::User { id, .. } => self.line.user_id = Some((*id).clone()),
        }
    }

    pub(crate) fn note_upstream(&mut self, origin: &Arc<Origin>, time: Duration) {
        self.line.upstream = Some(Arc::clone(origin));
        self.upstream_time = Some(time);
        self.core.meters.upstream_time.observe(time);
    }

    pub(crate) fn note_reject(&mut self, reject: &Reject) {
        self.line.refuse(reject);
        self.core.meters.count_refusal(reject);
    }

    pub(crate) fn note_status(&mut self, status: StatusCode) {
        self.line.status = status.as_u16();
        if self.line.code.is_none() {
            self.core.meters.count_answer(status.as_u16());
        }
    }

    pub(super) fn note_bytes(&mut self, more: usize) {
        self.line.response_bytes += more as u64;
    }

    pub(super) fn note_complete(&mut self) {
        self.line.aborted = false;
    }

    fn note_end(&mut self, meters: &Meters) {
        let total = self.started.elapsed();
        self.line.total_us = micros(total);
        self.line.upstream_us = self.upstream_time.map(micros);
        meters.total_time.observe(total);
        meters.request_body_bytes.add(self.line.request_bytes);
        meters.response_body_bytes.add(self.line.response_bytes);
        if self.line.aborted {
            meters.count_abort();
        }
        meters.requests.leave();
    }
}

/// The end of the record is the end of the request, even when the client left or the worker stops.
impl Drop for Record {
    fn drop(&mut self) {
        let core = Rc::clone(&self.core);
        self.note_end(&core.meters);
        self.link.on_end();
        if core.log.is_on() {
            core.log.push(&self.line);
        }
    }
}

/// Records the refusal of a head that never became a request, and gives the message that answers it.
pub(crate) fn refuse_head(core: &Core, peer: SocketAddr, reject: &Reject) -> Vec<u8> {
    let id = core.ids.next();
    let message = reject.message(id.as_str());
    core.meters.count_refusal(reject);
    if core.log.is_on() {
        let mut line = Line::empty((core.clock)(), id, peer);
        line.refuse(reject);
        line.status = reject.code.status;
        line.aborted = false;
        core.log.push(&line);
    }
    message
}

impl Line {
    fn empty(time: Timestamp, request_id: RequestId, peer: SocketAddr) -> Self {
        Self {
            time,
            request_id,
            peer,
            version: Version::HTTP_11,
            method: Method::default(),
            host: None,
            path: Uri::default(),
            user_agent: None,
            // What proxies log for a client that left before it was answered.
            status: 499,
            stage: "answered",
            code: None,
            reason: None,
            api_id: None,
            app_id: None,
            user_id: None,
            payload_unsigned: false,
            upstream: None,
            upstream_us: None,
            request_bytes: 0,
            response_bytes: 0,
            total_us: 0,
            aborted: true,
        }
    }

    fn refuse(&mut self, reject: &Reject) {
        self.stage = Stage::name(reject.stage);
        self.code = Some(reject.code);
        self.reason = Some(reject.reason);
    }
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

fn time<S: Serializer>(time: &Timestamp, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(&time.rfc3339_nanos())
}

fn id<S: Serializer>(id: &RequestId, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(id.as_str())
}

fn version<S: Serializer>(version: &Version, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(match *version {
        Version::HTTP_10 => "1.0",
        Version::HTTP_2 => "2",
        _ => "1.1",
    })
}

fn method<S: Serializer>(method: &Method, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(method.as_str())
}

fn path<S: Serializer>(uri: &Uri, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(uri.path())
}

/// Control characters are escaped by JSON; bytes that are not UTF-8 are replaced.
fn header_text<S: Serializer>(value: &Option<HeaderValue>, to: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => to.serialize_str(&String::from_utf8_lossy(value.as_bytes())),
        None => to.serialize_none(),
    }
}

fn code<S: Serializer>(code: &Option<Code>, to: S) -> Result<S::Ok, S::Error> {
    code.map(|code| code.code).serialize(to)
}

fn origin<S: Serializer>(origin: &Option<Arc<Origin>>, to: S) -> Result<S::Ok, S::Error> {
    match origin {
        Some(origin) => to.collect_str(&format_args!("{}:{}", origin.host, origin.port)),
        None => to.serialize_none(),
    }
}
