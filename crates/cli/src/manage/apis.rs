//! What can be done with APIs beside the common verbs.

use super::gateway::{Gateway, Scope, text};
use super::resource::{APIS, APPS, ENVIRONMENTS};
use super::scope::InGroup;
use super::{Target, Verb};
use crate::output;
use serde_json::{Value, json};
use std::process::ExitCode;

/// The verbs of APIs.
#[derive(clap::Subcommand)]
pub(crate) enum ApiVerb {
    #[command(flatten)]
    Common(Verb<InGroup>),
    /// Publish one in an environment.
    Publish(Publication),
    /// Take one out of an environment.
    Offline(Publication),
    /// Call a draft or a published API on the gateway's own line, and show what happened.
    Debug(Debug),
}

/// What is published where.
#[derive(clap::Args)]
pub(crate) struct Publication {
    /// Name or id.
    name: String,
    /// Environment, by name or id.
    #[arg(short, long, value_name = "NAME", alias = "env", default_value = "RELEASE")]
    environment: String,
    /// What to remember about it.
    #[arg(long, value_name = "TEXT")]
    remark: Option<String>,
    #[command(flatten)]
    scope: InGroup,
    #[command(flatten)]
    target: Target,
}

/// What is called.
#[derive(clap::Args)]
pub(crate) struct Debug {
    /// Name or id.
    name: String,
    /// Method; the API's own when absent, GET for ANY.
    #[arg(short = 'X', long = "request", value_name = "METHOD")]
    method: Option<String>,
    /// Path; the API's own when absent.
    #[arg(long, value_name = "PATH")]
    path: Option<String>,
    /// Body.
    #[arg(short, long, value_name = "TEXT")]
    data: Option<String>,
    /// App, by name or id, whose key the call shows where the API asks for one.
    #[arg(long, value_name = "NAME")]
    app: Option<String>,
    /// Call what is published in this environment, by its name; without it, the draft.
    #[arg(long, value_name = "NAME")]
    stage: Option<String>,
    #[command(flatten)]
    scope: InGroup,
    #[command(flatten)]
    target: Target,
}

/// Runs a verb.
pub(crate) fn run(verb: &ApiVerb) -> anyhow::Result<ExitCode> {
    match verb {
        ApiVerb::Common(verb) => super::run(&APIS, verb),
        ApiVerb::Publish(publication) => publication.act("online"),
        ApiVerb::Offline(publication) => publication.act("offline"),
        ApiVerb::Debug(debug) => debug.run(),
    }
}

impl Publication {
    fn act(&self, action: &str) -> anyhow::Result<ExitCode> {
        let (gateway, scope) = self.target.enter(&APIS, &self.scope)?;
        let api = gateway.get(&APIS, &scope, &self.name)?;
        let environment = gateway.get(&ENVIRONMENTS, &Scope::new(), &self.environment)?;
        let mut body =
            json!({ "action": action, "env_id": text(&environment, "id"), "api_id": text(&api, "id") });
        if let Some(remark) = &self.remark {
            body["remark"] = remark.as_str().into();
        }
        let publication = gateway.call("POST", "apis/action", Some(&body))?;
        self.target.output.print(&publication, &[])?;
        Ok(ExitCode::SUCCESS)
    }
}

impl Debug {
    fn run(&self) -> anyhow::Result<ExitCode> {
        let (gateway, scope) = self.target.enter(&APIS, &self.scope)?;
        let api = gateway.get(&APIS, &scope, &self.name)?;
        let transcript = self.call(&gateway, &api)?;
        self.show(&transcript)?;
        Ok(ExitCode::SUCCESS)
    }

    fn call(&self, gateway: &Gateway, api: &Value) -> anyhow::Result<Value> {
        let own = Some(text(api, "req_method")).filter(|method| *method != "ANY").unwrap_or("GET");
        let mut body = json!({
            "mode": if self.stage.is_some() { "CONSUMER" } else { "DEVELOPER" },
            "scheme": if text(api, "req_protocol") == "HTTPS" { "HTTPS" } else { "HTTP" },
            "method": self.method.as_deref().unwrap_or(own),
            "path": self.path.as_deref().unwrap_or(text(api, "req_uri")),
        });
        for (member, value) in [("body", &self.data), ("stage", &self.stage)] {
            if let Some(value) = value {
                body[member] = value.as_str().into();
            }
        }
        if let Some(app) = &self.app {
            let app = gateway.get(&APPS, &Scope::new(), app)?;
            body["app_key"] = text(&app, "app_key").into();
            body["app_secret"] = text(&app, "app_secret").into();
        }
        gateway.call("POST", &format!("apis/debug/{}", text(api, "id")), Some(&body))
    }

    /// Request and response as they were, unless a form or a part is asked for.
    fn show(&self, transcript: &Value) -> anyhow::Result<()> {
        if !self.target.output.is_free() {
            return self.target.output.print(transcript, &[]);
        }
        let parts =
            ["request", "response", "log"].map(|member| (member, text(transcript, member).trim_end()));
        let parts = parts.iter().filter(|(_, part)| !part.is_empty());
        output::put(
            parts.map(|(member, part)| format!("== {member}\n{part}\n")).collect::<String>().as_bytes(),
        )
    }
}
