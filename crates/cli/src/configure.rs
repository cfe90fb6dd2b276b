//! `countersign configure`: profiles, kept in a file that only its owner can read.

mod ask;
mod check;
mod import;

use crate::configuration::places::Places;
use crate::configuration::profiles::{DEFAULT, Profiles};
use crate::configuration::{Field, Settings};
use crate::credentials::Credentials;
use crate::exit::usage;
use crate::output::{self, Output};
use crate::servers::Servers;
use serde_json::{Map, Value};
use std::path::PathBuf;
use std::process::ExitCode;

/// Arguments of `configure`; without a subcommand it asks.
#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true, after_help = include_str!("help/configure.txt"))]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    profile: Chosen,
}

/// Which profile.
#[derive(clap::Args)]
struct Chosen {
    /// Profile; the default one when absent.
    #[arg(long = "profile", value_name = "NAME", alias = "cli-profile")]
    name: Option<String>,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Set fields of a profile; an empty text removes one, `-` reads it from standard input.
    Set {
        /// URL of the gateway, for calls of a mere path.
        #[arg(long, value_name = "URL")]
        gateway: Option<String>,
        #[command(flatten)]
        credentials: Credentials,
        #[command(flatten)]
        servers: Servers,
    },
    /// Print one field of a profile; secrets too.
    Get {
        /// Name of the field, for example endpoint.
        field: Field,
        #[command(flatten)]
        profile: Chosen,
    },
    /// Show a profile without its secrets.
    Show {
        #[command(flatten)]
        profile: Chosen,
        #[command(flatten)]
        output: Output,
    },
    /// List the profiles without their secrets.
    List {
        #[command(flatten)]
        output: Output,
    },
    /// Make a profile the default.
    Use {
        /// Its name.
        name: String,
    },
    /// Take a profile from the ready file of `countersign serve`, or from administrator.json.
    Import {
        /// The file; `-` is standard input.
        file: PathBuf,
        #[command(flatten)]
        profile: Chosen,
    },
    /// Delete a profile.
    Delete {
        /// Its name.
        name: String,
    },
}

/// Runs the subcommand, or asks.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let profiles = Profiles::read(&Places::of_this_user())?;
    match &arguments.command {
        None => {
            let name = arguments.profile.name(&profiles);
            let settings = ask::settings(&name, profiles.get(&name).cloned().unwrap_or_default())?;
            keep(profiles, &name, settings)?;
        }
        Some(Command::Set { credentials, servers, gateway }) => {
            let gateway = gateway.as_deref().map(|url| (Field::Gateway, url));
            let given = credentials.given().into_iter().chain(servers.given()).chain(gateway).collect();
            set(profiles, credentials.profile.as_deref(), given)?;
        }
        Some(Command::Get { field, profile }) => {
            let (name, settings) = profile.settings(&profiles)?;
            let text = settings.get(*field);
            let text = text.ok_or_else(|| usage(format!("profile {name} has no {}", field.words())))?;
            output::put(format!("{text}\n").as_bytes())?;
        }
        Some(Command::Show { profile, output }) => {
            let (name, settings) = profile.settings(&profiles)?;
            output.print(&shown(&name, settings, profiles.current_name()), &[])?;
        }
        Some(Command::List { output }) => list(&profiles, output)?,
        Some(Command::Use { name }) => use_profile(profiles, name)?,
        Some(Command::Import { file, profile }) => {
            let name = profile.name(&profiles);
            keep(profiles, &name, import::read(file)?)?;
        }
        Some(Command::Delete { name }) => delete(profiles, name)?,
    }
    Ok(ExitCode::SUCCESS)
}

impl Chosen {
    fn name(&self, profiles: &Profiles) -> String {
        self.name.clone().unwrap_or_else(|| profiles.current_name().to_owned())
    }

    fn settings<'a>(&self, profiles: &'a Profiles) -> anyhow::Result<(String, &'a Settings)> {
        let name = self.name(profiles);
        let settings = profiles.get(&name).ok_or_else(|| profiles.unknown(&name))?;
        Ok((name, settings))
    }
}

fn set(profiles: Profiles, name: Option<&str>, given: Vec<(Field, &str)>) -> anyhow::Result<()> {
    if given.is_empty() {
        return Err(usage("nothing to set; name a field, for example --endpoint http://127.0.0.1:8081"));
    }
    let name = name.unwrap_or(profiles.current_name()).to_owned();
    let mut settings = profiles.get(&name).cloned().unwrap_or_default();
    for (field, text) in given {
        settings.set(field, check::text(field, text)?);
    }
    keep(profiles, &name, settings)
}

/// Writes the profile. The first one is the default, whatever its name.
fn keep(mut profiles: Profiles, name: &str, settings: Settings) -> anyhow::Result<()> {
    if profiles.get(profiles.current_name()).is_none() && name != DEFAULT {
        profiles.make_current(name);
    }
    profiles.put(name, settings);
    let path = profiles.write()?;
    eprintln!("countersign: profile {name} is in {}", path.display());
    Ok(())
}

fn list(profiles: &Profiles, output: &Output) -> anyhow::Result<()> {
    let all = profiles.names().filter_map(|name| Some((name, profiles.get(name)?)));
    let all = all.map(|(name, settings)| shown(name, settings, profiles.current_name())).collect();
    output.print(&Value::Array(all), &["name", "current", "endpoint", "gateway", "access_key"])
}

/// A profile as it is shown: of a secret only that there is one.
fn shown(name: &str, settings: &Settings, current: &str) -> Value {
    let mut members = Map::new();
    members.insert("name".to_owned(), name.into());
    members.insert("current".to_owned(), (name == current).into());
    for (field, text) in settings.iter() {
        let text = if field.is_secret() { "****" } else { text };
        members.insert(field.name().to_owned(), text.into());
    }
    Value::Object(members)
}

fn use_profile(mut profiles: Profiles, name: &str) -> anyhow::Result<()> {
    if profiles.get(name).is_none() {
        return Err(profiles.unknown(name));
    }
    profiles.make_current(name);
    profiles.write()?;
    eprintln!("countersign: {name} is the default profile");
    Ok(())
}

fn delete(mut profiles: Profiles, name: &str) -> anyhow::Result<()> {
    if !profiles.remove(name) {
        return Err(profiles.unknown(name));
    }
    profiles.write()?;
    eprintln!("countersign: profile {name} is deleted");
    Ok(())
}
