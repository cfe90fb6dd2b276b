//! Refusals: the one place that writes an answer which did not come from a backend.

mod custom;

use crate::{
    answer::{Answer, Payload},
    authorizer::Context,
    known::Known,
    observe::{Record, Why},
};
use bytes::Bytes;
use countersign_snapshot::source::Side;
use countersign_types::{Code, ResponseType, code};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use std::{borrow::Cow, rc::Rc};

/// Reason codes of what is wrong with a signature.
const DIAGNOSIS: HeaderName = HeaderName::from_static("x-countersign-diagnosis");
/// What stands between the reason of a mismatch and the canonical request.
const CANONICAL_REQUEST: &str = ", canonicalRequest:";
const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// The stages of the line, as logs and metrics name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    Accept,
    Route,
    Access,
    Authenticate,
    Authorize,
    Throttle,
    Transform,
    Forward,
}

impl Stage {
    pub(crate) const ALL: [Self; 8] = [
        Self::Accept,
        Self::Route,
        Self::Access,
        Self::Authenticate,
        Self::Authorize,
        Self::Throttle,
        Self::Transform,
        Self::Forward,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Route => "route",
            Self::Access => "access",
            Self::Authenticate => "authenticate",
            Self::Authorize => "authorize",
            Self::Throttle => "throttle",
            Self::Transform => "transform",
            Self::Forward => "forward",
        }
    }
}

/// A refusal: who refused, with which code of the contract, why (for the log), and what the client is told.
#[derive(Debug)]
pub(crate) struct Reject {
    pub(crate) stage: Stage,
    pub(crate) code: Code,
    /// Stable word for logs; never holds anything from the request.
    pub(crate) reason: &'static str,
    /// What kind of refusal it is for those who write the answers.
    kind: ResponseType,
    detail: Cow<'static, str>,
    /// What the authorizer that refused has said beside its no.
    context: Option<(Side, Rc<Context>)>,
    /// What is wrong with the signature, where somebody wants to know.
    pub(crate) why: Option<Box<Why>>,
}

/// The error object of the contract; the order of its members is part of it.
#[derive(serde::Serialize)]
struct Body<'a> {
    error_msg: &'a str,
    error_code: &'static str,
    request_id: &'a str,
}

impl Reject {
    /// A refusal that says no more than its code does.
    pub(crate) fn new(stage: Stage, code: Code, reason: &'static str) -> Self {
        Self {
            stage,
            code,
            reason,
            kind: ResponseType::of(code),
            detail: Cow::Borrowed(""),
            context: None,
            why: None,
        }
    }

    /// Says which type it is, where the code alone does not.
    pub(crate) fn kind(self, kind: ResponseType) -> Self {
        Self { kind, ..self }
    }

    /// Adds what the authorizer that refuses has said beside its no.
    pub(crate) fn context(self, side: Side, context: Rc<Context>) -> Self {
        Self { context: Some((side, context)), ..self }
    }

    /// Adds what follows the base message, after a colon.
    pub(crate) fn detail(self, detail: impl Into<Cow<'static, str>>) -> Self {
        Self { detail: detail.into(), ..self }
    }

    /// Adds what is wrong with the signature. What the contract has in front stays in front, and a canonical request
    /// stays at the end, where clients look for it.
    pub(crate) fn because(self, why: Why) -> Self {
        let told = format!("diagnosis:{}: {}", why.diagnosis.code(), why.diagnosis.sentence());
        let detail = match self.detail.split_once(CANONICAL_REQUEST) {
            Some((front, canonical)) => format!("{front}, {told}{CANONICAL_REQUEST}{canonical}"),
            None => format!("{}, {told}", self.detail),
        };
        Self { detail: detail.into(), why: Some(Box::new(why)), ..self }
    }

    /// Nothing has been configured yet.
    pub(crate) fn no_configuration() -> Self {
        Self::new(Stage::Route, code::NO_CONFIGURATION, "no_configuration")
    }

    /// The refusal as an answer, in the words of whoever has written some for it. `close` ends the connection, because
    /// a body was left unread.
    pub(crate) fn answer(self, known: &Known<'_>, record: &mut Record, close: bool) -> Answer {
        record.note_reject(&self);
        let diagnosis =
            self.why.as_ref().and_then(|why| HeaderValue::from_maybe_shared(why.diagnosis.code()).ok());
        let mut answer = match known.response(self.kind) {
            Some(response) => custom::answer(response, &self, known, record),
            None => self.built_in(record.request_id()),
        };
        if let Some(code) = diagnosis {
            answer.headers.insert(DIAGNOSIS, code);
        }
        if close && record.body_is_unread() {
            answer.headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        answer
    }

    fn built_in(&self, request_id: &str) -> Answer {
        let mut headers = HeaderMap::with_capacity(6);
        headers.insert(header::CONTENT_TYPE, JSON);
        Answer { status: self.status(), headers, payload: Payload::Full(self.body(request_id)) }
    }

    fn status(&self) -> StatusCode {
        // 494 is outside the registry but within the range that the type takes.
        StatusCode::from_u16(self.code.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The refusal of a head that the engine could not even read, as a whole HTTP/1.1 message.
    pub(crate) fn message(&self, request_id: &str) -> Vec<u8> {
        let (status, body) = (self.code.status, self.body(request_id));
        let mut message = format!(
            "HTTP/1.1 {status} {}\r\nContent-Type: application/json\r\nServer: api-gateway\r\n\
             X-Request-Id: {request_id}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
            StatusCode::from_u16(status)
                .ok()
                .and_then(|status| status.canonical_reason())
                .unwrap_or("Refused"),
            body.len(),
        )
        .into_bytes();
        message.extend_from_slice(&body);
        message
    }

    fn body(&self, request_id: &str) -> Bytes {
        let message = self.text();
        let body = Body { error_msg: &message, error_code: self.code.code, request_id };
        serde_json::to_vec(&body).unwrap_or_default().into()
    }

    /// The base message alone keeps its full stop; a detail follows after `": "` in its place.
    fn text(&self) -> Cow<'_, str> {
        match &*self.detail {
            "" => Cow::Borrowed(self.code.message),
            detail => Cow::Owned(format!("{}: {detail}", self.code.message.trim_end_matches('.'))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_has_exactly_three_members_in_the_contracts_order() {
        let reject = Reject::new(Stage::Authenticate, code::APP_AUTHENTICATION, "x")
            .detail("app not found, appkey \"k\"");
        let expected = r#"{"error_msg":"Incorrect app authentication information: app not found, appkey \"k\"","error_code":"APIG.0303","request_id":"id"}"#;
        assert_eq!(reject.body("id"), expected);
    }

    #[test]
    fn a_base_message_loses_its_full_stop_only_before_a_detail() {
        let plain = Reject::new(Stage::Accept, code::REQUEST_ERROR, "x");
        assert_eq!(plain.text(), "API request error.");
        assert_eq!(plain.detail("why").text(), "API request error: why");
    }
}
