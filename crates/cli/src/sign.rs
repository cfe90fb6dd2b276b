//! `countersign sign`: the headers that sign a request.

use crate::credentials::{Credentials, Signing};
use crate::output;
use crate::request::Described;
use countersign_sign::Signed;
use std::process::ExitCode;

/// Arguments of `sign`.
#[derive(clap::Args)]
#[command(after_help = include_str!("help/sign.txt"))]
pub(crate) struct Arguments {
    #[command(flatten)]
    request: Described,
    /// Also print the canonical request and the string to sign.
    #[arg(long)]
    explain: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    credentials: Credentials,
    #[command(flatten)]
    signing: Signing,
}

/// Prints the headers to add, one a line.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let configuration = arguments.credentials.configuration()?;
    let signer = arguments.signing.signer(&configuration)?;
    let signed = arguments.request.outgoing(&configuration)?.sign(&signer)?;
    let text = if arguments.json {
        format!("{:#}\n", to_json(&signed, arguments.explain))
    } else {
        to_text(&signed, arguments.explain)
    };
    output::put(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

fn to_text(signed: &Signed, explain: bool) -> String {
    let headers = signed.headers.iter().map(|(name, value)| format!("{name}: {value}\n"));
    let mut text: String = headers.collect();
    if explain {
        text += &format!("\nCanonical request:\n{}\n", signed.canonical_request);
        text += &format!("\nString to sign:\n{}\n", signed.string_to_sign);
    }
    text
}

fn to_json(signed: &Signed, explain: bool) -> serde_json::Value {
    let headers: serde_json::Map<_, _> =
        signed.headers.iter().map(|(name, value)| ((*name).to_owned(), value.as_str().into())).collect();
    let mut json = serde_json::json!({ "headers": headers });
    if explain {
        json["canonical_request"] = signed.canonical_request.as_str().into();
        json["string_to_sign"] = signed.string_to_sign.as_str().into();
    }
    json
}
