//! `countersign call`: sign, send, print the answer.

use crate::api;
use crate::clock;
use crate::credentials::{Credentials, Signing};
use crate::curl;
use crate::exit;
use crate::output;
use crate::request::Described;
use crate::transport;
use countersign_sign::{Signed, difference};
use hyper::body::Bytes;
use hyper::{Response, StatusCode};
use std::io::Write;
use std::process::ExitCode;

/// Arguments of `call`.
#[derive(clap::Args)]
#[command(after_help = include_str!("help/call.txt"))]
pub(crate) struct Arguments {
    #[command(flatten)]
    request: Described,
    /// Print status line and headers before the body.
    #[arg(short, long)]
    include: bool,
    /// Print an equivalent curl line and send nothing.
    #[arg(long, conflicts_with = "include")]
    curl: bool,
    #[command(flatten)]
    credentials: Credentials,
    #[command(flatten)]
    signing: Signing,
}

/// Sends the signed request; exit 22 when the answer is an error.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let configuration = arguments.credentials.configuration()?;
    let outgoing = arguments.request.outgoing(&configuration)?;
    let signed = outgoing.sign(&arguments.signing.signer(&configuration)?)?;
    if arguments.curl {
        let line = curl::line(&outgoing, &signed.headers, arguments.request.data());
        output::put(format!("{line}\n").as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let response = runtime.block_on(transport::send(&outgoing.url, outgoing.to_http(&signed.headers)?))?;

    print_response(&response, arguments.include)?;
    if response.status() == StatusCode::UNAUTHORIZED {
        explain_refusal(&response, &signed);
    }
    Ok(exit::of_status(response.status().as_u16()))
}

fn print_response(response: &Response<Bytes>, include: bool) -> anyhow::Result<()> {
    let mut text = Vec::new();
    if include {
        writeln!(text, "{:?} {}", response.version(), response.status())?;
        for (name, value) in response.headers() {
            writeln!(text, "{name}: {}", String::from_utf8_lossy(value.as_bytes()))?;
        }
        writeln!(text)?;
    }
    text.extend_from_slice(response.body());
    output::put(&text)
}

/// Repeats the server's reason where people look, says in which part of the canonical request the server differs, and
/// whether the clock is off.
fn explain_refusal(response: &Response<Bytes>, signed: &Signed) {
    let reason = api::reason(response.body());
    eprintln!(
        "countersign: the server refused the signature: {}",
        reason.as_deref().unwrap_or("no reason given")
    );
    if let Some(difference) = reason.and_then(|reason| difference(&reason, &signed.canonical_request)) {
        eprintln!("countersign: {difference}");
    }
    if let Some(skew) = clock::skew(response.headers()) {
        eprintln!("countersign: {skew}");
    }
}
