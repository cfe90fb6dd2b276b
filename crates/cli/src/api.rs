//! Calls of the management and the identity API: JSON out, JSON in, refusals as errors.

use crate::clock;
use crate::exit::{self, usage};
use crate::outgoing::Outgoing;
use crate::output::one_line;
use crate::transport;
use anyhow::Context;
use countersign_sign::Signer;
use hyper::body::Bytes;
use hyper::{Response, Uri};
use serde_json::Value;
use std::time::Duration;
use tokio::runtime::Runtime;

/// Publishing or debugging may wait for a backend; nothing takes longer.
const CALL_SECONDS_MAX: u64 = 120;

/// One server, and who calls it.
pub(crate) struct Api {
    base: String,
    signer: Option<Signer>,
    runtime: Runtime,
}

impl Api {
    /// Calls below `base`, signed when there is a signer.
    ///
    /// # Errors
    /// When no runtime can be had.
    pub(crate) fn new(base: &str, signer: Option<Signer>) -> anyhow::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        Ok(Self { base: base.trim_end_matches('/').to_owned(), signer, runtime })
    }

    /// Calls `target`, a path with its query, and returns the answer's JSON; null when it has none.
    ///
    /// # Errors
    /// When the server cannot be reached, refuses, or answers no JSON.
    pub(crate) fn call(&self, method: &str, target: &str, body: Option<&Value>) -> anyhow::Result<Value> {
        let response = self.exchange(method, target, body)?;
        if response.body().is_empty() {
            return Ok(Value::Null);
        }
        serde_json::from_slice(response.body())
            .with_context(|| format!("{} did not answer JSON; is it the management API's URL?", self.base))
    }

    /// As `call`, with the answer whole.
    ///
    /// # Errors
    /// When the server cannot be reached or refuses.
    pub(crate) fn exchange(
        &self,
        method: &str,
        target: &str,
        body: Option<&Value>,
    ) -> anyhow::Result<Response<Bytes>> {
        let outgoing = self.outgoing(method, target, body)?;
        let added = match &self.signer {
            Some(signer) => outgoing.sign(signer)?.headers,
            None => Vec::new(),
        };
        let sending = transport::send(&outgoing.url, outgoing.to_http(&added)?);
        let limit = Duration::from_secs(CALL_SECONDS_MAX);
        let response = self
            .runtime
            .block_on(async { tokio::time::timeout(limit, sending).await })
            .with_context(|| format!("{} did not answer in {CALL_SECONDS_MAX} s", self.base))??;
        if response.status().as_u16() < 400 {
            return Ok(response);
        }
        Err(exit::Error::Http(refusal(&format!("{method} {}", outgoing.url), &response)).into())
    }

    fn outgoing(&self, method: &str, target: &str, body: Option<&Value>) -> anyhow::Result<Outgoing> {
        let url = format!("{}{target}", self.base);
        let url: Uri = url.parse().map_err(|error| usage(format!("{url} is no URL: {error}")))?;
        let host = url.authority().ok_or_else(|| {
            usage(format!("the endpoint {} has no host; write http[s]://host[:port]", self.base))
        })?;
        let mut headers = vec![("Host".to_owned(), host.as_str().to_owned())];
        if body.is_some() {
            headers.push(("Content-Type".to_owned(), "application/json".to_owned()));
        }
        Ok(Outgoing {
            method: method.to_owned(),
            headers,
            body: body.map(|body| body.to_string().into()).unwrap_or_default(),
            signing_time: clock::now()?,
            unsigned_payload: false,
            url,
        })
    }
}

/// What was refused, how and why, and the clock when it may be the cause.
fn refusal(call: &str, response: &Response<Bytes>) -> String {
    let status = response.status();
    let mut text = format!("{call} answered {status}");
    if let Some(reason) = reason(response.body()) {
        text = format!("{text}: {reason}");
    }
    match clock::skew(response.headers()) {
        Some(skew) if status == 401 => format!("{text}; {skew}"),
        _ => text,
    }
}

/// The server's own words: `error_msg` with its code, or Keystone's `error.message`. They may quote what others wrote,
/// so that no control character of theirs reaches the terminal.
pub(crate) fn reason(body: &[u8]) -> Option<String> {
    let answer: Value = serde_json::from_slice(body).ok()?;
    let text = |pointer: &str| answer.pointer(pointer).and_then(Value::as_str);
    let message = text("/error_msg").or_else(|| text("/error/message"))?;
    let words = match text("/error_code").or_else(|| text("/error/title")) {
        Some(code) => format!("{message} ({code})"),
        None => message.to_owned(),
    };
    Some(one_line(&words))
}
