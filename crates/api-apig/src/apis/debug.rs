use super::read::{required_word, word};
use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::apis::{ApiDebug, DebugView};
use countersign_control::apis::Method;
use countersign_control::debug::{DebugRequest, Mode, Scheme};
use countersign_control::{Error, validate::required};
use countersign_types::{AccessKeyId, SecretKey};
use std::collections::BTreeMap;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let body: ApiDebug = call.json()?;
    let transcript = call.control.debug_api(&call.instance()?, &call.id("api_id")?, &request(body)?)?;
    Ok(Answer::json(&DebugView {
        request: transcript.request,
        response: transcript.response,
        latency: transcript.latency_ms,
        log: transcript.log,
    }))
}

fn scheme(word: &str) -> Option<Scheme> {
    match word {
        "HTTP" => Some(Scheme::Http),
        "HTTPS" => Some(Scheme::Https),
        _ => None,
    }
}

fn request(body: ApiDebug) -> Result<DebugRequest, Error> {
    Ok(DebugRequest {
        mode: required_word("mode", body.mode, mode)?,
        scheme: required_word("scheme", body.scheme, scheme)?,
        method: required_word("method", body.method, Method::parse)?,
        path: required("path", body.path)?,
        query: pairs(body.query),
        headers: pairs(body.header),
        body: body.body.unwrap_or_default(),
        credentials: credentials(body.app_key, body.app_secret)?,
        domain: body.domain.filter(|text| !text.is_empty()),
        stage: body.stage.filter(|text| !text.is_empty()),
    })
}

fn mode(word: &str) -> Option<Mode> {
    match word {
        "DEVELOPER" => Some(Mode::Developer),
        "CONSUMER" => Some(Mode::Consumer),
        _ => None,
    }
}

fn pairs(map: Option<BTreeMap<String, Vec<String>>>) -> Vec<(String, Vec<String>)> {
    map.unwrap_or_default().into_iter().collect()
}

fn credentials(
    key: Option<String>,
    secret: Option<String>,
) -> Result<Option<(AccessKeyId, SecretKey)>, Error> {
    let Some(key) = word("app_key", key, |text| AccessKeyId::parse(text).ok())? else { return Ok(None) };
    Ok(Some((key, SecretKey::new(required("app_secret", secret)?))))
}
