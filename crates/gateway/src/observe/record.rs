//! The record of one request: filled in on the way, written once at its end, whatever the end is.

use super::{
    bytes,
    line::{CallerName, Line},
    meters::Meters,
    refusals::{DiagnosedRefusal, Why},
};
use crate::{
    accept::{Body, Link, Peer, Request},
    authenticate::{Caller, Who},
    core::Core,
    reject::Reject,
    route::Routed,
    throttle::{Standing, Standings, Throttled},
};
use countersign_snapshot::{Bearer, Origin};
use countersign_types::{InstanceId, Tally, Traffic};
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use std::{
    rc::Rc,
    sync::Arc,
    time::{Duration, Instant},
};

/// What is remembered of a request until its end.
pub(crate) struct Record {
    core: Rc<Core>,
    link: Rc<Link>,
    started: Instant,
    /// How the limits stand that the call was counted against, or the one that refused it.
    standings: Standings,
    line: Line,
    /// The gateway whose API is called.
    gateway: Option<InstanceId>,
    heads: Heads,
}

/// Bytes beside the bodies that the line tells.
#[derive(Default)]
struct Heads {
    request: u64,
    response: u64,
    /// Everything that was sent to the backend.
    upstream_sent: u64,
    upstream_response: u64,
}

impl Record {
    /// Boxed: it goes through many hands on its way into the answer's body.
    pub(crate) fn new(core: Rc<Core>, link: Rc<Link>, request: &Request) -> Box<Self> {
        core.meters.requests.enter();
        let mut line = Line::new(request.arrived, request.id.clone(), Rc::clone(&request.peer));
        line.version = request.version();
        line.method = request.method().clone();
        line.uri = request.uri().clone();
        line.host = request.headers().get(header::HOST).cloned();
        line.user_agent = request.headers().get(header::USER_AGENT).cloned();
        let request = bytes::request_head(request.method(), request.uri(), request.headers());
        let heads = Heads { request, ..Heads::default() };
        let (started, standings) = (Instant::now(), Standings::new());
        Box::new(Self { core, link, started, standings, line, gateway: None, heads })
    }

    pub(crate) fn request_id(&self) -> &str {
        self.line.request_id.as_str()
    }

    pub(crate) fn method(&self) -> &Method {
        &self.line.method
    }

    /// The target as received.
    pub(crate) fn uri(&self) -> &Uri {
        &self.line.uri
    }

    pub(crate) fn peer(&self) -> &Peer {
        &self.line.peer
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
        self.line.upstream_time
    }

    /// How the limits of the call stand.
    pub(crate) fn standings(&self) -> &[Standing] {
        &self.standings
    }

    pub(crate) fn note_route(&mut self, routed: &Routed<'_>) {
        self.line.api_id = Some(routed.release.api_id.clone());
        self.line.source = (routed.source != self.line.peer.address()).then_some(routed.source);
        self.gateway = Some(routed.gateway.id.clone());
    }

    pub(crate) fn note_caller(&mut self, caller: &Caller<'_>, body: &Body) {
        self.line.request_bytes = body.bytes();
        self.line.payload_unsigned = caller.payload_unsigned();
        self.line.caller = Some((caller.scheme(), name(caller.who())));
        self.core.meters.count_caller(caller.scheme());
    }

    pub(crate) fn note_standings(&mut self, standings: Standings) {
        self.standings = standings;
    }

    /// The limit that refuses the call.
    pub(crate) fn note_throttled(&mut self, throttled: Throttled) {
        self.core.meters.count_throttled(throttled.standing.dimension);
        self.standings = Standings::from_iter([throttled.standing]);
        self.line.throttled = Some(throttled);
    }

    /// The exchange with a backend, to the head of its answer if there was one.
    pub(crate) fn note_upstream(&mut self, origin: &Arc<Origin>, time: Duration, sent: u64) {
        self.heads.upstream_sent = sent;
        self.line.upstream = Some(Arc::clone(origin));
        self.line.upstream_time = Some(time);
        self.core.meters.upstream_time.observe(time);
    }

    pub(crate) fn note_upstream_head(&mut self, headers: &HeaderMap) {
        self.heads.upstream_response = bytes::response_head(headers);
    }

    pub(super) fn note_head(&mut self, headers: &HeaderMap) {
        self.heads.response = bytes::response_head(headers);
    }

    pub(crate) fn note_reject(&mut self, reject: &Reject) {
        self.line.refuse(reject);
        if let (Some(why), Some(api), Some(gateway)) = (&reject.why, &self.line.api_id, &self.gateway) {
            self.core.refusals.note(DiagnosedRefusal {
                request_id: self.line.request_id.as_str().into(),
                time: self.line.time,
                gateway: gateway.clone(),
                api_id: api.clone(),
                why: Why::clone(why),
            });
        }
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
        self.line.total_time = total;
        meters.total_time.observe(total);
        meters.request_body_bytes.add(self.line.request_bytes);
        meters.response_body_bytes.add(self.line.response_bytes);
        if self.line.aborted {
            meters.count_abort();
        }
        meters.requests.leave();
        self.count_call(total);
    }

    fn count_call(&self, total: Duration) {
        let (Some(api), Some(gateway)) = (&self.line.api_id, &self.gateway) else { return };
        let (line, heads) = (&self.line, &self.heads);
        let from_backends = match heads.upstream_response {
            0 => 0,
            head => head + line.response_bytes,
        };
        let traffic = Traffic {
            from_clients: heads.request + line.request_bytes,
            to_clients: heads.response + line.response_bytes,
            from_backends,
            to_backends: heads.upstream_sent,
        };
        let bytes = (traffic.from_clients, traffic.to_clients);
        let tally = Tally::of(line.status, total, line.upstream_time, bytes);
        self.core.calls.count(line.time, (api, gateway), (&tally, &traffic));
    }
}

fn name(who: &Who<'_>) -> CallerName {
    match who {
        Who::Anonymous | Who::Custom => CallerName::Nobody,
        Who::App { id, .. } => CallerName::App((*id).clone()),
        Who::Iam { bearer: Bearer::User(user), .. } => CallerName::User(user.id.clone()),
        Who::Iam { bearer: Bearer::Agency { agency, assumed_by }, .. } => {
            CallerName::Agency { agency: agency.id.clone(), assumed_by: assumed_by.id.clone() }
        }
    }
}

/// The end of the record is the end of the request, even when the client left or the worker stops.
impl Drop for Record {
    fn drop(&mut self) {
        let core = Rc::clone(&self.core);
        self.note_end(&core.meters);
        self.link.on_end();
        core.log.push(&self.line);
    }
}

/// Records the refusal of a head that never became a request, and gives the message that answers it.
pub(crate) fn refuse_head(core: &Core, peer: &Rc<Peer>, reject: &Reject) -> Vec<u8> {
    let id = core.ids.next();
    let message = reject.message(id.as_str());
    core.meters.count_refusal(reject);
    let mut line = Line::new((core.clock)(), id, Rc::clone(peer));
    line.refuse(reject);
    line.status = reject.code.status;
    line.aborted = false;
    core.log.push(&line);
    message
}
