//! `countersign token`: a token of the identity API, for a password or a key pair.

use crate::api::Api;
use crate::configuration::{Configuration, Field, environment};
use crate::credentials::Credentials;
use crate::exit::usage;
use crate::output::{self, Output};
use crate::servers::Servers;
use anyhow::Context;
use dialoguer::Password;
use serde_json::{Value, json};
use std::io::IsTerminal;
use std::process::ExitCode;

/// The variable of the password.
const PASSWORD: &str = "COUNTERSIGN_PASSWORD";

/// Arguments of `token`.
#[derive(clap::Args)]
#[command(after_help = include_str!("help/token.txt"))]
pub(crate) struct Arguments {
    /// User whose password is shown, from COUNTERSIGN_PASSWORD or asked for; without it the key pair is shown.
    #[arg(short, long, value_name = "NAME", alias = "cli-username")]
    user: Option<String>,
    /// Name of the user's account; without it the account of --domain-id.
    #[arg(long, value_name = "NAME", alias = "cli-domain", requires = "user")]
    domain: Option<String>,
    /// Where the token is valid; without it in the project, else in the account, whichever is known.
    #[arg(long, value_enum)]
    scope: Option<Scope>,
    #[command(flatten)]
    credentials: Credentials,
    #[command(flatten)]
    servers: Servers,
    #[command(flatten)]
    output: Output,
}

/// Where a token is valid.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Scope {
    /// In the configured project.
    Project,
    /// In the account as a whole.
    Domain,
    /// Nowhere: to obtain other tokens with.
    Unscoped,
}

/// Prints the token alone; with a form or a query, the whole answer with the token in `token`.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let configuration = arguments.servers.configuration(&arguments.credentials)?;
    let endpoint = configuration.identity_endpoint().ok_or_else(|| usage(Field::Endpoint.missing()))?;
    let identity = arguments.identity(&configuration)?;
    let scope = scope(arguments.scope, &configuration, arguments.domain.as_deref())?;
    let body = json!({ "auth": { "identity": identity, "scope": scope } });
    let response = Api::new(endpoint, None)?.exchange("POST", "/v3/auth/tokens", Some(&body))?;
    let token = response.headers().get("x-subject-token").and_then(|token| token.to_str().ok());
    let token = token.context("the answer has no token; is this the identity API?")?;
    if arguments.output.is_free() {
        output::put(format!("{token}\n").as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut answer: Value = serde_json::from_slice(response.body()).unwrap_or_default();
    let mut facts = answer.get_mut("token").map(Value::take).unwrap_or_default();
    facts["token"] = token.into();
    arguments.output.print(&facts, &[])?;
    Ok(ExitCode::SUCCESS)
}

impl Arguments {
    /// The proof of who asks.
    fn identity(&self, configuration: &Configuration) -> anyhow::Result<Value> {
        let Some(user) = &self.user else {
            let pair = configuration.credential()?;
            let (access, secret) = (pair.access_key.as_str(), pair.secret_key.expose());
            let pair = json!({ "access": { "key": access }, "secret": { "key": secret } });
            return Ok(json!({ "methods": ["hw_ak_sk"], "hw_ak_sk": pair }));
        };
        let domain = match (&self.domain, configuration.get(Field::DomainId)) {
            (Some(name), _) => json!({ "name": name }),
            (None, Some(id)) => json!({ "id": id }),
            (None, None) => return Err(usage("whose user is it? give --domain NAME or --domain-id ID")),
        };
        let user = json!({ "name": user, "password": password(user)?, "domain": domain });
        Ok(json!({ "methods": ["password"], "password": { "user": user } }))
    }
}

fn scope(
    wanted: Option<Scope>,
    configuration: &Configuration,
    domain: Option<&str>,
) -> anyhow::Result<Value> {
    let project = configuration.get(Field::ProjectId).map(|id| json!({ "project": { "id": id } }));
    let account = match domain {
        Some(name) => Some(json!({ "domain": { "name": name } })),
        None => configuration.get(Field::DomainId).map(|id| json!({ "domain": { "id": id } })),
    };
    match wanted {
        Some(Scope::Project) => project.ok_or_else(|| usage(Field::ProjectId.missing())),
        Some(Scope::Domain) => account.ok_or_else(|| usage(Field::DomainId.missing())),
        Some(Scope::Unscoped) => Ok("unscoped".into()),
        None => Ok(project.or(account).unwrap_or_else(|| "unscoped".into())),
    }
}

fn password(user: &str) -> anyhow::Result<String> {
    if let Some(password) = environment::text(PASSWORD) {
        return Ok(password);
    }
    if !std::io::stdin().is_terminal() {
        return Err(usage(format!("no password of {user}; set {PASSWORD}, or run this on a terminal")));
    }
    Ok(Password::new().with_prompt(format!("Password of {user}")).interact()?)
}
