//! A refusal in the words that the owner of the API has written for its type.

use super::{JSON, Reject};
use crate::{
    answer::{Answer, Payload},
    authorizer::Context,
    known::Known,
    observe::Record,
};
use bytes::Bytes;
use countersign_snapshot::{Escape, Response, Variable, source::Side};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use std::borrow::Cow;

/// Fills in the template. What the caller sent is only ever a value in it: it neither ends a string of the body nor
/// begins a header line.
pub(super) fn answer(response: &Response, reject: &Reject, known: &Known<'_>, record: &Record) -> Answer {
    let facts = Facts { reject, known, record };
    let mut headers = HeaderMap::with_capacity(response.headers.len() + 5);
    for (name, wording) in &response.headers {
        let value = wording.render(Escape::Header, |variable| facts.get(variable));
        // Without control characters every text is a value.
        if let Ok(value) = HeaderValue::from_maybe_shared(Bytes::from(value)) {
            headers.append(name, value);
        }
    }
    headers.entry(header::CONTENT_TYPE).or_insert(JSON);
    let status = response.status.unwrap_or_else(|| reject.status());
    let body = match status {
        StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT | StatusCode::NOT_MODIFIED => Bytes::new(),
        _ => response.body.render(response.escape, |variable| facts.get(variable)).into(),
    };
    Answer { status, headers, payload: Payload::Full(body) }
}

/// What a template can tell.
struct Facts<'f, 's> {
    reject: &'f Reject,
    known: &'f Known<'s>,
    record: &'f Record,
}

impl Facts<'_, '_> {
    /// What the authorizer said: with its refusal, or when it let the call pass and somebody else refused.
    fn context(&self, side: Side) -> Option<&Context> {
        match &self.reject.context {
            Some((own, context)) if *own == side => Some(context),
            _ if side == Side::Frontend => self.known.context.as_deref(),
            _ => None,
        }
    }

    /// `None` for what was not found out before the refusal.
    fn get(&self, variable: &Variable) -> Option<Cow<'_, str>> {
        let (release, app, record) = (self.known.release, self.known.app, self.record);
        Some(match variable {
            Variable::ApiId => release?.api_id.as_str().into(),
            Variable::ApiName => (&*release?.api_name).into(),
            Variable::Stage => (&*release?.env_name).into(),
            Variable::AppId => app?.0.as_str().into(),
            Variable::AppName => app?.1.into(),
            Variable::RequestId => record.request_id().into(),
            Variable::SourceIp => record.peer().ip().to_str().ok()?.into(),
            Variable::ReqPath => record.uri().path().into(),
            Variable::ReqUri => record.uri().path_and_query()?.as_str().into(),
            Variable::ReqMethod => record.method().as_str().into(),
            Variable::ErrorMessage => self.reject.text(),
            Variable::ErrorCode => self.reject.code.code.into(),
            Variable::ErrorType => self.reject.kind.name().into(),
            Variable::FrontendAuthorizer(name) => self.context(Side::Frontend)?.get(name)?.into(),
            Variable::BackendAuthorizer(name) => self.context(Side::Backend)?.get(name)?.into(),
        })
    }
}
