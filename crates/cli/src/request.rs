//! The request of `sign` and `call`, described the way curl does.

use anyhow::{Context, bail};
use countersign_sign::{Payload, Request, Signed, Signer};
use countersign_types::Timestamp;
use hyper::Uri;
use std::time::{SystemTime, UNIX_EPOCH};

/// Method, URL, headers and body.
#[derive(clap::Args)]
pub(crate) struct Described {
    /// Method; GET, or POST when there is data.
    #[arg(short = 'X', long = "request", value_name = "METHOD")]
    method: Option<String>,
    /// Header to send and sign; may be repeated.
    #[arg(short = 'H', long = "header", value_name = "NAME: VALUE")]
    headers: Vec<String>,
    /// Body as text, or @FILE for the bytes of a file.
    #[arg(short = 'd', long, value_name = "DATA", conflicts_with = "data_binary")]
    data: Option<String>,
    /// Same as --data: nothing is ever stripped.
    #[arg(long, value_name = "DATA")]
    data_binary: Option<String>,
    /// Declare the body UNSIGNED-PAYLOAD instead of signing it.
    #[arg(long)]
    unsigned_payload: bool,
    /// Signing time instead of now.
    #[arg(long, value_name = "YYYYMMDDTHHMMSSZ", value_parser = parse_date)]
    date: Option<Timestamp>,
    /// Where to: http[s]://host[:port]/path?query, percent-encoded as it shall be sent.
    url: Uri,
}

/// The request ready to sign and send.
pub(crate) struct Outgoing {
    pub(crate) method: String,
    pub(crate) url: Uri,
    pub(crate) target: String,
    /// As given, with `Host` first unless it was given.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) signing_time: Timestamp,
    unsigned_payload: bool,
}

impl Described {
    /// Reads the body and completes method and host.
    pub(crate) fn outgoing(&self) -> anyhow::Result<Outgoing> {
        let authority = self.url.authority().context("the URL has no host; write http://host/path")?;
        let mut headers =
            self.headers.iter().map(|line| parse_header(line)).collect::<anyhow::Result<Vec<_>>>()?;
        if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
            headers.insert(0, ("Host".to_owned(), authority.as_str().to_owned()));
        }
        let data = self.data.as_ref().or(self.data_binary.as_ref());
        let method =
            self.method.clone().unwrap_or_else(|| if data.is_some() { "POST" } else { "GET" }.to_owned());
        Ok(Outgoing {
            method,
            target: self.url.path_and_query().map_or("/", |target| target.as_str()).to_owned(),
            url: self.url.clone(),
            headers,
            body: data.map(|data| read_data(data)).transpose()?.unwrap_or_default(),
            signing_time: match self.date {
                Some(date) => date,
                None => now()?,
            },
            unsigned_payload: self.unsigned_payload,
        })
    }
}

impl Outgoing {
    /// Signs what will be sent.
    pub(crate) fn sign(&self, signer: &Signer) -> anyhow::Result<Signed> {
        let headers: Vec<_> =
            self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let payload = if self.unsigned_payload { Payload::Unsigned } else { Payload::Body(&self.body) };
        let request = Request { method: &self.method, target: &self.target, headers: &headers, payload };
        signer.sign(&request, self.signing_time).context("the request cannot be signed")
    }
}

/// The clock of the command line.
#[expect(clippy::disallowed_methods, reason = "the command line is where time comes from")]
pub(crate) fn now() -> anyhow::Result<Timestamp> {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).context("the clock stands before 1970")?;
    Ok(Timestamp::from_unix(elapsed.as_secs()))
}

fn parse_header(line: &str) -> anyhow::Result<(String, String)> {
    let Some((name, value)) = line.split_once(':') else {
        bail!("the header {line:?} has no colon; write -H 'Name: value'");
    };
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

fn parse_date(text: &str) -> Result<Timestamp, String> {
    Timestamp::parse_basic(text.as_bytes()).map_err(|error| error.to_string())
}

fn read_data(data: &str) -> anyhow::Result<Vec<u8>> {
    match data.strip_prefix('@') {
        Some(path) => std::fs::read(path).with_context(|| format!("cannot read the body from {path}")),
        None => Ok(data.as_bytes().to_vec()),
    }
}
