//! `countersign whoami`: which credential counts, where it comes from, and what the identity API says of it.

use crate::api::Api;
use crate::configuration::{Configuration, Field};
use crate::credentials::{Credentials, signer};
use crate::output::Output;
use crate::servers::Servers;
use anyhow::Context;
use serde_json::{Map, Value};
use std::process::ExitCode;

/// Arguments of `whoami`.
#[derive(clap::Args)]
#[command(after_help = include_str!("help/whoami.txt"))]
pub(crate) struct Arguments {
    #[command(flatten)]
    credentials: Credentials,
    #[command(flatten)]
    servers: Servers,
    #[command(flatten)]
    output: Output,
}

/// Prints who signs; asks the identity API when its address is known.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let configuration = arguments.servers.configuration(&arguments.credentials)?;
    let credential = configuration.credential()?;
    let mut facts = Map::new();
    facts.insert("access_key".to_owned(), credential.access_key.as_str().into());
    facts.insert("source".to_owned(), credential.source.to_string().into());
    let known = format!("access key {} from {}", credential.access_key.as_str(), credential.source);
    match configuration.identity_endpoint() {
        Some(endpoint) => {
            facts.insert("identity_endpoint".to_owned(), endpoint.into());
            let identity = ask(&configuration, endpoint).context(known)?;
            facts.extend(identity.as_object().cloned().unwrap_or_default());
        }
        None => eprintln!("countersign: nobody was asked: {}", Field::Endpoint.missing()),
    }
    arguments.output.print(&Value::Object(facts), &[])?;
    Ok(ExitCode::SUCCESS)
}

fn ask(configuration: &Configuration, endpoint: &str) -> anyhow::Result<Value> {
    Api::new(endpoint, Some(signer(configuration.credential()?)))?.call("GET", "/v5/caller-identity", None)
}
