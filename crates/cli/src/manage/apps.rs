//! What can be done with apps beside the common verbs.

use super::gateway::{Scope, text};
use super::resource::{APIS, APPS, ENVIRONMENTS};
use super::scope::{Anywhere, InGroup};
use super::{Target, Verb};
use anyhow::bail;
use serde_json::{Value, json};
use std::process::ExitCode;

/// The verbs of apps.
#[derive(clap::Subcommand)]
pub(crate) enum AppVerb {
    #[command(flatten)]
    Common(Verb<Anywhere>),
    /// Let an app call published APIs.
    Authorize(Authorization),
}

/// Which app may call what where.
#[derive(clap::Args)]
pub(crate) struct Authorization {
    /// App, by name or id.
    name: String,
    /// API, by name or id; may be repeated.
    #[arg(long = "api", value_name = "NAME", required = true)]
    apis: Vec<String>,
    /// Environment, by name or id.
    #[arg(short, long, value_name = "NAME", alias = "env", default_value = "RELEASE")]
    environment: String,
    #[command(flatten)]
    scope: InGroup,
    #[command(flatten)]
    target: Target,
}

/// Runs a verb.
pub(crate) fn run(verb: &AppVerb) -> anyhow::Result<ExitCode> {
    match verb {
        AppVerb::Common(verb) => super::run(&APPS, verb),
        AppVerb::Authorize(authorization) => authorization.run(),
    }
}

impl Authorization {
    fn run(&self) -> anyhow::Result<ExitCode> {
        let (gateway, scope) = self.target.enter(&APIS, &self.scope)?;
        let id = |object: Value| text(&object, "id").to_owned();
        let app = gateway.get(&APPS, &Scope::new(), &self.name).map(id)?;
        let environment = gateway.get(&ENVIRONMENTS, &Scope::new(), &self.environment).map(id)?;
        let apis = self.apis.iter().map(|name| gateway.get(&APIS, &scope, name).map(id));
        let apis = apis.collect::<anyhow::Result<Vec<_>>>()?;
        let body = json!({ "env_id": environment, "app_ids": [app], "api_ids": apis });
        let answer = gateway.call("POST", "app-auths", Some(&body))?;
        let auths = answer.get("auths").cloned().unwrap_or_default();
        if let Some(reason) = first_failure(&auths) {
            bail!("not authorized: {reason}");
        }
        self.target.output.print(&auths, &["id", "app_id", "api_id", "auth_time"])?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Why an authorization failed; one that there was already is none.
fn first_failure(auths: &Value) -> Option<String> {
    let result = |auth: &Value| auth.get("auth_result").cloned().unwrap_or_default();
    let failed = auths.as_array()?.iter().map(result).find(|result| text(result, "status") == "FAILED")?;
    Some(format!("{} ({})", text(&failed, "error_msg"), text(&failed, "error_code")))
}
