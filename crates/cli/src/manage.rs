//! Management verbs: the same five for every kind of object, by one table of kinds.

pub(crate) mod apis;
pub(crate) mod apply;
pub(crate) mod apps;
mod documents;
mod fields;
mod gateway;
mod members;
mod names;
mod plan;
pub(crate) mod resource;
mod scope;

pub(crate) use scope::{Anywhere, InGroup, InGroupAndEnvironment};

use crate::credentials::Credentials;
use crate::output::Output;
use crate::servers::Servers;
use dialoguer::Confirm;
use fields::Fields;
use gateway::{Gateway, Scope};
use resource::Resource;
use serde_json::Value;
use std::io::IsTerminal;
use std::process::ExitCode;

/// Which gateway, who manages it, and how results are shown.
#[derive(clap::Args)]
pub(crate) struct Target {
    #[command(flatten)]
    credentials: Credentials,
    #[command(flatten)]
    servers: Servers,
    #[command(flatten)]
    output: Output,
}

/// What can be done with every kind of object. `S` says what names are looked for in.
#[derive(clap::Subcommand)]
pub(crate) enum Verb<S: clap::Args> {
    /// List all.
    List {
        #[command(flatten)]
        scope: S,
        #[command(flatten)]
        target: Target,
    },
    /// Show one.
    Show {
        /// Name or id.
        name: String,
        #[command(flatten)]
        scope: S,
        #[command(flatten)]
        target: Target,
    },
    /// Create one from members of the management API.
    Create {
        /// Its name.
        name: String,
        #[command(flatten)]
        fields: Fields,
        #[command(flatten)]
        scope: S,
        #[command(flatten)]
        target: Target,
    },
    /// Change some members of one; the others stay.
    Update {
        /// Name or id.
        name: String,
        #[command(flatten)]
        fields: Fields,
        #[command(flatten)]
        scope: S,
        #[command(flatten)]
        target: Target,
    },
    /// Delete one; asks on a terminal.
    Delete {
        /// Name or id.
        name: String,
        /// Do not ask.
        #[arg(short, long)]
        yes: bool,
        #[command(flatten)]
        scope: S,
        #[command(flatten)]
        target: Target,
    },
}

/// Runs a verb on objects of this kind.
pub(crate) fn run<S: scope::Named>(resource: &'static Resource, verb: &Verb<S>) -> anyhow::Result<ExitCode> {
    match verb {
        Verb::List { scope, target } => {
            let (gateway, scope) = target.enter(resource, scope)?;
            target.output.print(&Value::Array(gateway.list(resource, &scope)?), resource.columns)?;
        }
        Verb::Show { name, scope, target } => {
            let (gateway, scope) = target.enter(resource, scope)?;
            target.output.print(&gateway.get(resource, &scope, name)?, &[])?;
        }
        Verb::Create { name, fields, scope, target } => {
            let (gateway, mut members) = (target.open()?, fields.members()?);
            members.extend(scope.words());
            members.insert(resource.name.to_owned(), name.as_str().into());
            let scope = gateway.resolve(resource, &mut members)?;
            target.output.print(&gateway.create(resource, &scope, members)?, &[])?;
        }
        Verb::Update { name, fields, scope, target } => {
            let (gateway, scope) = target.enter(resource, scope)?;
            let mut members = fields.members()?;
            let elsewhere = gateway.resolve(resource, &mut members)?;
            members.extend(elsewhere.into_iter().map(|(member, id)| (member.to_owned(), id.into())));
            let current = gateway.get(resource, &scope, name)?;
            target.output.print(&gateway.update(resource, &scope, &current, &members)?, &[])?;
        }
        Verb::Delete { name, yes, scope, target } => {
            let (gateway, scope) = target.enter(resource, scope)?;
            let object = gateway.get(resource, &scope, name)?;
            if *yes || is_confirmed(resource, name)? {
                gateway.delete(resource, &scope, &object)?;
                eprintln!("countersign: {} {name} is deleted", resource.kind);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

impl Target {
    fn open(&self) -> anyhow::Result<Gateway> {
        Gateway::open(&self.servers.configuration(&self.credentials)?)
    }

    /// The gateway, and the ids of the objects that were named to look in.
    fn enter(
        &self,
        resource: &'static Resource,
        scope: &impl scope::Named,
    ) -> anyhow::Result<(Gateway, Scope)> {
        let gateway = self.open()?;
        let mut words = scope.words().into_iter().collect();
        let scope = gateway.resolve(resource, &mut words)?;
        Ok((gateway, scope))
    }
}

/// Asks where there is somebody to ask.
fn is_confirmed(resource: &Resource, name: &str) -> anyhow::Result<bool> {
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Ok(true);
    }
    let question = format!("Delete {} {name}?", resource.kind);
    Ok(Confirm::new().with_prompt(question).default(false).interact()?)
}
