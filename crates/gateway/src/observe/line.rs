//! One access record as a line of JSON. Written by hand: a general serializer costs as much as verifying a
//! signature, on every request.

use super::ids::RequestId;
use crate::{
    accept::Peer,
    authenticate::Scheme,
    reject::{Reject, Stage},
    throttle::Throttled,
};
use countersign_snapshot::Origin;
use countersign_types::{AgencyId, ApiId, AppId, Code, Timestamp, UserId};
use http::{HeaderValue, Method, Uri, Version};
use std::{net::IpAddr, rc::Rc, sync::Arc, time::Duration};

/// What a record says.
pub(super) struct Line {
    pub(super) time: Timestamp,
    pub(super) request_id: RequestId,
    pub(super) peer: Rc<Peer>,
    /// The source address, when a trusted proxy named another one than the peer's.
    pub(super) source: Option<IpAddr>,
    pub(super) version: Version,
    pub(super) method: Method,
    pub(super) host: Option<HeaderValue>,
    /// Logged without the query, which may hold what nobody should log.
    pub(super) uri: Uri,
    pub(super) user_agent: Option<HeaderValue>,
    pub(super) status: u16,
    /// `answered`, or the stage that refused.
    pub(super) stage: &'static str,
    pub(super) code: Option<Code>,
    pub(super) reason: Option<&'static str>,
    /// What is wrong with the signature, where that is looked for.
    pub(super) diagnosis: Option<String>,
    /// The limit that refused.
    pub(super) throttled: Option<Throttled>,
    pub(super) api_id: Option<ApiId>,
    /// How the caller proved itself, and who it is; `None` when it did not come to that.
    pub(super) caller: Option<(Scheme, CallerName)>,
    /// The signature did not cover the body.
    pub(super) payload_unsigned: bool,
    pub(super) upstream: Option<Arc<Origin>>,
    pub(super) upstream_time: Option<Duration>,
    pub(super) request_bytes: u64,
    pub(super) response_bytes: u64,
    pub(super) total_time: Duration,
    /// The client did not take the whole answer, or the backend did not give it.
    pub(super) aborted: bool,
}

/// Who called.
pub(super) enum CallerName {
    Nobody,
    App(AppId),
    User(UserId),
    /// The agency, and the user who acted as it.
    Agency {
        agency: AgencyId,
        assumed_by: UserId,
    },
}

impl Line {
    pub(super) fn new(time: Timestamp, request_id: RequestId, peer: Rc<Peer>) -> Self {
        Self {
            time,
            request_id,
            peer,
            source: None,
            version: Version::HTTP_11,
            method: Method::default(),
            host: None,
            uri: Uri::default(),
            user_agent: None,
            // What proxies log for a client that left before it was answered.
            status: 499,
            stage: "answered",
            code: None,
            reason: None,
            diagnosis: None,
            throttled: None,
            api_id: None,
            caller: None,
            payload_unsigned: false,
            upstream: None,
            upstream_time: None,
            request_bytes: 0,
            response_bytes: 0,
            total_time: Duration::ZERO,
            aborted: true,
        }
    }

    pub(super) fn refuse(&mut self, reject: &Reject) {
        self.stage = Stage::name(reject.stage);
        self.code = Some(reject.code);
        self.reason = Some(reject.reason);
        self.diagnosis = reject.why.as_ref().map(|why| why.diagnosis.code());
    }

    /// Appends the line; `second` is the record's time without its fraction.
    pub(super) fn write(&self, second: &str, to: &mut Vec<u8>) {
        to.extend_from_slice(b"{\"time\":\"");
        to.extend_from_slice(second.as_bytes());
        let millis = self.time.subsec_nanos() / 1_000_000;
        to.extend_from_slice(&[b'.', digit(millis / 100), digit(millis / 10), digit(millis), b'Z', b'"']);
        let mut object = Members(to);
        object.plain(",\"request_id\":", self.request_id.as_str());
        object.plain(",\"peer\":", self.peer.as_str());
        if let Some(source) = self.source {
            object.plain(",\"source\":", &source.to_string());
        }
        object.plain(",\"version\":", version(self.version));
        object.plain(",\"method\":", self.method.as_str());
        object.header(",\"host\":", self.host.as_ref());
        object.text(",\"path\":", self.uri.path().as_bytes());
        object.header(",\"user_agent\":", self.user_agent.as_ref());
        object.number(",\"status\":", self.status.into());
        object.plain(",\"stage\":", self.stage);
        object.optional(",\"code\":", self.code.map(|code| code.code));
        object.optional(",\"reason\":", self.reason);
        object.optional(",\"diagnosis\":", self.diagnosis.as_deref());
        if let Some(throttled) = &self.throttled {
            object.throttled(throttled);
        }
        object.optional(",\"api_id\":", self.api_id.as_ref().map(ApiId::as_str));
        if let Some((scheme, name)) = &self.caller {
            object.plain(",\"scheme\":", scheme.name());
            object.caller(name);
        }
        object.flag(",\"payload_unsigned\":", self.payload_unsigned);
        object.optional(",\"upstream\":", self.upstream.as_ref().map(|origin| origin.address()));
        if let Some(time) = self.upstream_time {
            object.number(",\"upstream_us\":", micros(time));
        }
        object.number(",\"request_bytes\":", self.request_bytes);
        object.number(",\"response_bytes\":", self.response_bytes);
        object.number(",\"total_us\":", micros(self.total_time));
        object.flag(",\"aborted\":", self.aborted);
        to.extend_from_slice(b"}\n");
    }
}

fn digit(number: u32) -> u8 {
    b'0' + (number % 10) as u8
}

fn version(version: Version) -> &'static str {
    match version {
        Version::HTTP_10 => "1.0",
        Version::HTTP_2 => "2",
        _ => "1.1",
    }
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

/// Which bytes stand for themselves in a string, a line and a terminal; a table, because every record asks for
/// every byte of a client's text.
const PLAIN_BYTES: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = b' ';
    while byte <= b'~' {
        table[byte as usize] = !matches!(byte, b'"' | b'\\');
        byte += 1;
    }
    table
};

/// The members of an object after its first. A name comes with the punctuation around it.
struct Members<'b>(&'b mut Vec<u8>);

impl Members<'_> {
    /// Text that needs no escapes by its type: ids, addresses, tokens, our own words.
    fn plain(&mut self, name: &'static str, text: &str) {
        self.0.extend_from_slice(name.as_bytes());
        self.0.push(b'"');
        self.0.extend_from_slice(text.as_bytes());
        self.0.push(b'"');
    }

    fn optional(&mut self, name: &'static str, text: Option<&str>) {
        if let Some(text) = text {
            self.plain(name, text);
        }
    }

    /// Text of a client. No byte of it may end a line or a string, or reach a terminal as a control sequence;
    /// bytes that are not UTF-8 are replaced.
    fn text(&mut self, name: &'static str, text: &[u8]) {
        self.0.extend_from_slice(name.as_bytes());
        self.0.push(b'"');
        let plain = |byte: &u8| PLAIN_BYTES.get(usize::from(*byte)).is_some_and(|plain| *plain);
        if text.iter().all(plain) {
            self.0.extend_from_slice(text);
        } else {
            String::from_utf8_lossy(text).bytes().for_each(|byte| self.escaped(byte));
        }
        self.0.push(b'"');
    }

    fn escaped(&mut self, byte: u8) {
        match byte {
            b'"' | b'\\' => self.0.extend_from_slice(&[b'\\', byte]),
            control if control.is_ascii_control() => {
                self.0.extend_from_slice(format!("\\u{control:04x}").as_bytes());
            }
            other => self.0.push(other),
        }
    }

    fn header(&mut self, name: &'static str, value: Option<&HeaderValue>) {
        if let Some(value) = value {
            self.text(name, value.as_bytes());
        }
    }

    fn caller(&mut self, caller: &CallerName) {
        match caller {
            CallerName::Nobody => {}
            CallerName::App(id) => self.plain(",\"app_id\":", id.as_str()),
            CallerName::User(id) => self.plain(",\"user_id\":", id.as_str()),
            CallerName::Agency { agency, assumed_by } => {
                self.plain(",\"agency_id\":", agency.as_str());
                self.plain(",\"assumed_by\":", assumed_by.as_str());
            }
        }
    }

    /// Which limit, whose, how many calls in which time, and until when.
    fn throttled(&mut self, throttled: &Throttled) {
        let Throttled { standing, whose, until } = throttled;
        self.plain(",\"limit_of\":", standing.dimension.name());
        self.text(",\"limit_whose\":", whose.as_bytes());
        self.number(",\"limit\":", standing.limit.into());
        self.plain(",\"limit_time\":", &standing.span.to_string());
        self.plain(",\"limit_until\":", &Timestamp::from_unix(*until).rfc3339().to_string());
    }

    fn number(&mut self, name: &'static str, number: u64) {
        self.0.extend_from_slice(name.as_bytes());
        self.0.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
    }

    fn flag(&mut self, name: &'static str, flag: bool) {
        self.0.extend_from_slice(name.as_bytes());
        self.0.extend_from_slice(if flag { b"true" } else { b"false" });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_client_sends_stays_one_line_of_valid_json() {
        let all: String = (0..=0x24f_u32).filter_map(char::from_u32).collect();
        let mut line = b"{\"first\":1".to_vec();
        let mut members = Members(&mut line);
        members.text(",\"text\":", all.as_bytes());
        members.header(",\"header\":", Some(&HeaderValue::from_bytes(b"a\xff\"").unwrap()));
        line.push(b'}');
        let object: serde_json::Value = serde_json::from_slice(&line).unwrap();
        assert_eq!(object["text"], all.as_str());
        assert_eq!(object["header"], "a\u{fffd}\"");
        assert!(!line.iter().any(|byte| *byte < b' '));
    }
}
