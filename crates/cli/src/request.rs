//! The request of `sign` and `call`, described the way curl does.

use crate::clock;
use crate::configuration::{Configuration, Field};
use crate::exit::usage;
use crate::outgoing::Outgoing;
use anyhow::Context;
use countersign_types::Timestamp;
use hyper::Uri;

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
    /// Where to: http[s]://host[:port]/path?query, percent-encoded as it shall be sent; /path?query is on the
    /// configured gateway.
    #[arg(value_parser = parse_url)]
    url: Uri,
}

impl Described {
    /// The body as described.
    pub(crate) fn data(&self) -> Option<&str> {
        self.data.as_deref().or(self.data_binary.as_deref())
    }

    /// Reads the body and completes method, URL and host.
    ///
    /// # Errors
    /// When the URL names no host and no gateway is configured, or a header or the body cannot be read.
    pub(crate) fn outgoing(&self, configuration: &Configuration) -> anyhow::Result<Outgoing> {
        let url = complete(&self.url, configuration.get(Field::Gateway))?;
        let authority = url.authority().context("the URL has no host")?;
        let mut headers =
            self.headers.iter().map(|line| parse_header(line)).collect::<anyhow::Result<Vec<_>>>()?;
        if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
            headers.insert(0, ("Host".to_owned(), authority.as_str().to_owned()));
        }
        let data = self.data();
        let method =
            self.method.clone().unwrap_or_else(|| if data.is_some() { "POST" } else { "GET" }.to_owned());
        Ok(Outgoing {
            method,
            url,
            headers,
            body: data.map(read_data).transpose()?.unwrap_or_default().into(),
            signing_time: match self.date {
                Some(date) => date,
                None => clock::now()?,
            },
            unsigned_payload: self.unsigned_payload,
        })
    }
}

/// The URL itself, or its path on the gateway.
fn complete(url: &Uri, gateway: Option<&str>) -> anyhow::Result<Uri> {
    if url.authority().is_some() {
        return Ok(url.clone());
    }
    let gateway = gateway.ok_or_else(|| {
        usage(format!("the URL {url} has no host; write http://host/path, or configure a gateway"))
    })?;
    let whole = format!("{}{url}", gateway.trim_end_matches('/')).parse::<Uri>();
    whole.ok().filter(|url| url.authority().is_some() && url.scheme().is_some()).ok_or_else(|| {
        usage(format!("the configured gateway {gateway} is no URL; run `countersign configure set --gateway http://host`"))
    })
}

fn parse_header(line: &str) -> anyhow::Result<(String, String)> {
    let Some((name, value)) = line.split_once(':') else {
        return Err(usage(format!("the header {line:?} has no colon; write -H 'Name: value'")));
    };
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

fn parse_url(text: &str) -> Result<Uri, String> {
    text.parse().map_err(|error| {
        format!("{error}; write http[s]://host[:port]/path?query with all other characters percent-encoded")
    })
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
