//! The request to explain, whatever it was written in.

use super::{curl, har, raw};
use countersign_diagnosis::Received;
use countersign_types::Timestamp;

/// A request as it was sent.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Input {
    pub(super) method: String,
    pub(super) target: Vec<u8>,
    pub(super) headers: Vec<(String, Vec<u8>)>,
    pub(super) body: Vec<u8>,
    /// When the server saw it, if that is told.
    pub(super) arrived: Option<Timestamp>,
}

impl Input {
    /// Reads a HAR (JSON), a curl line, or a raw request.
    ///
    /// # Errors
    /// When it is none of these.
    pub(super) fn read(contents: &[u8], entry: Option<usize>) -> anyhow::Result<Self> {
        let start = contents.trim_ascii_start();
        if start.starts_with(b"{") {
            har::read(start, entry)
        } else if start.starts_with(b"curl") || start.starts_with(b"$ curl") {
            curl::read(&String::from_utf8_lossy(start))
        } else {
            raw::read(start)
        }
    }

    pub(super) fn received(&self) -> Received<'_> {
        Received {
            method: &self.method,
            target: &self.target,
            headers: self.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect(),
            body: Some(&self.body),
        }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.headers.iter().any(|(other, _)| other.eq_ignore_ascii_case(name))
    }

    /// Adds a header unless it is there.
    pub(super) fn complete(&mut self, name: &str, value: &str) {
        if !self.has(name) {
            self.headers.push((name.to_owned(), value.into()));
        }
    }

    /// Takes host and target from a URL; what follows `#` is not sent.
    pub(super) fn set_url(&mut self, url: &str) {
        let (scheme, rest) = url.split_once("://").unwrap_or(("http", url));
        let rest = rest.split('#').next().unwrap_or_default();
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, target) = rest.split_at(end);
        let host = authority.rsplit('@').next().unwrap_or_default();
        let port = if scheme.eq_ignore_ascii_case("https") { ":443" } else { ":80" };
        self.complete("Host", host.strip_suffix(port).unwrap_or(host));
        self.target = match target {
            "" => b"/".to_vec(),
            query if query.starts_with('?') => format!("/{query}").into(),
            target => target.into(),
        };
    }
}
