//! `countersign call`: sign, send, print the answer.

mod send;

use crate::credentials::Credentials;
use crate::request::{Described, Outgoing, now};
use anyhow::Context;
use countersign_types::{Timestamp, limits::SKEW_SECONDS_MAX};
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::{HeaderMap, Response, StatusCode};
use std::io::Write;
use std::process::ExitCode;
use std::time::UNIX_EPOCH;

/// What curl's --fail answers to a status of 400 or above.
const HTTP_ERROR: u8 = 22;

/// Arguments of `call`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    request: Described,
    #[command(flatten)]
    credentials: Credentials,
    /// Print status line and headers before the body.
    #[arg(short, long)]
    include: bool,
}

/// Sends the signed request; exit 22 when the answer is an error.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let outgoing = arguments.request.outgoing()?;
    let signed = outgoing.sign(&arguments.credentials.signer()?)?;
    let request = to_http(&outgoing, &signed.headers)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let response = runtime.block_on(send::send(&outgoing.url, request))?;

    print_response(&response, arguments.include)?;
    if response.status() == StatusCode::UNAUTHORIZED {
        explain_refusal(&response)?;
    }
    Ok(if response.status().as_u16() < 400 { ExitCode::SUCCESS } else { ExitCode::from(HTTP_ERROR) })
}

fn to_http(
    outgoing: &Outgoing,
    added: &[(&'static str, String)],
) -> anyhow::Result<hyper::Request<Full<Bytes>>> {
    let mut request =
        hyper::Request::builder().method(outgoing.method.as_str()).uri(outgoing.target.as_str());
    for (name, value) in &outgoing.headers {
        request = request.header(name, value);
    }
    for (name, value) in added {
        request = request.header(*name, value);
    }
    request.body(Full::from(outgoing.body.clone())).context("the request cannot be sent as it is")
}

fn print_response(response: &Response<Bytes>, include: bool) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    if include {
        writeln!(out, "{:?} {}", response.version(), response.status())?;
        for (name, value) in response.headers() {
            writeln!(out, "{name}: {}", String::from_utf8_lossy(value.as_bytes()))?;
        }
        writeln!(out)?;
    }
    out.write_all(response.body())?;
    Ok(out.flush()?)
}

/// Repeats the server's reason where people look, and names the usual cause.
fn explain_refusal(response: &Response<Bytes>) -> anyhow::Result<()> {
    let answer: serde_json::Value = serde_json::from_slice(response.body()).unwrap_or_default();
    let message = answer.get("error_msg").and_then(serde_json::Value::as_str).unwrap_or("no reason given");
    eprintln!("countersign: the server refused the signature: {message}");
    if let Some(server) = server_time(response.headers()) {
        let skew = now()?.abs_diff_seconds(server);
        if skew > SKEW_SECONDS_MAX {
            eprintln!(
                "countersign: this clock and the server's differ by {skew} s, more than the 15 minutes allowed"
            );
        }
    }
    Ok(())
}

fn server_time(headers: &HeaderMap) -> Option<Timestamp> {
    let date = httpdate::parse_http_date(headers.get("date")?.to_str().ok()?).ok()?;
    date.duration_since(UNIX_EPOCH).ok().map(|elapsed| Timestamp::from_unix(elapsed.as_secs()))
}
