//! `countersign explain`: why a signature does not verify.

mod ansi_c;
mod curl;
mod har;
mod input;
mod options;
mod raw;
mod report;
mod table;

use crate::configuration::{Configuration, Settings};
use crate::credentials::Credentials;
use crate::exit::usage;
use anyhow::Context;
use countersign_diagnosis::{Diagnosis, Place, Situation, Verdict, diagnose};
use countersign_sign::names;
use countersign_types::Timestamp;
use countersign_verify::Key;
use input::Input;
use std::io::Read;
use std::process::ExitCode;

/// Arguments of `explain`.
#[derive(clap::Args)]
#[command(after_help = include_str!("help/explain.txt"))]
pub(crate) struct Arguments {
    /// File with a raw HTTP request, a curl command line or a HAR; - is standard input.
    #[arg(default_value = "-")]
    file: String,
    #[command(flatten)]
    credentials: Credentials,
    /// The server's time when the request arrived; without it the time is not judged, except in a HAR, which tells it.
    #[arg(long, value_name = "YYYYMMDDTHHMMSSZ", value_parser = parse_time)]
    at: Option<Timestamp>,
    /// Entry of the HAR, counted from 1; without it the first one that is signed and was refused, else signed.
    #[arg(long, value_name = "NUMBER")]
    entry: Option<usize>,
    /// Another name of the service, with or without a port; may be repeated.
    #[arg(long = "host", value_name = "NAME")]
    hosts: Vec<String>,
    /// Path prefix that a proxy strips; may be repeated.
    #[arg(long = "prefix", value_name = "PATH")]
    prefixes: Vec<String>,
    /// Profile with another key of the same user; may be repeated.
    #[arg(long = "other-profile", value_name = "NAME")]
    other_profiles: Vec<String>,
    /// Print the verdict as JSON.
    #[arg(long)]
    json: bool,
}

/// Says what is wrong; exit 0 when the request verifies, 1 when it does not.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let configuration = arguments.credentials.configuration()?;
    let credential = configuration.credential()?;
    let others =
        arguments.other_profiles.iter().map(|name| other_key(name)).collect::<anyhow::Result<Vec<_>>>()?;
    let input = Input::read(&contents(&arguments.file)?, arguments.entry)?;
    let request = input.received();
    let key = Key::new(credential.access_key, credential.secret_key);
    let time = arguments.at.or(input.arrived);
    let place = Place {
        hosts: arguments.hosts.iter().map(String::as_str).collect(),
        prefixes: arguments.prefixes.iter().map(String::as_str).collect(),
        ..Place::new(time.or_else(|| signing_time(&input)).unwrap_or(Timestamp::from_unix(0)))
    };
    let situation = Situation {
        security_token: credential.security_token.as_ref(),
        others: &others,
        ..Situation::new(&request, Some(&key), place)
    };
    let diagnosis = diagnose(&situation);
    if arguments.json {
        report::print_json(&diagnosis)?;
    } else {
        report::print(&diagnosis, time.is_some())?;
    }
    Ok(exit_code(&diagnosis))
}

fn exit_code(diagnosis: &Diagnosis) -> ExitCode {
    match diagnosis.verdict {
        Verdict::Verifies | Verdict::Tolerated(_) => ExitCode::SUCCESS,
        Verdict::Refused(_) => ExitCode::FAILURE,
    }
}

fn contents(file: &str) -> anyhow::Result<Vec<u8>> {
    if file != "-" {
        return std::fs::read(file).with_context(|| format!("cannot read {file}"));
    }
    let mut contents = Vec::new();
    std::io::stdin().lock().read_to_end(&mut contents).context("cannot read standard input")?;
    Ok(contents)
}

fn other_key(profile: &str) -> anyhow::Result<Key> {
    let configuration = Configuration::load(Settings::default(), Some(profile))?;
    let credential = configuration.credential()?;
    Ok(Key::new(credential.access_key, credential.secret_key))
}

/// What the request says about its time, which then counts as right.
fn signing_time(input: &Input) -> Option<Timestamp> {
    let date = input.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(names::DATE))?;
    Timestamp::parse_basic(&date.1).ok()
}

fn parse_time(text: &str) -> Result<Timestamp, String> {
    let time = Timestamp::parse_basic(text.as_bytes()).or_else(|_| Timestamp::parse_iso(text));
    time.map_err(|error| error.to_string())
}

/// What cannot be read as a request.
fn unreadable(reason: impl std::fmt::Display) -> anyhow::Error {
    usage(format!("this is no request that can be read: {reason}"))
}
