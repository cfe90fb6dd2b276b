//! The demo of `--dev`: a group, two APIs and an app, made through the management API as any client would.

use crate::{clock, installation::Installation};
use anyhow::{Context, bail};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::Request,
};
use countersign_sign::{Payload, Signer};
use countersign_types::limits::MANAGEMENT_BODY_BYTES_MAX;
use serde_json::{Value, json};
use std::{io::Write, net::SocketAddr};
use tower_service::Service;

const GROUP: &str = "demo";
const APP: &str = "demo_app";
/// The management API is called in process; the name only has to be the one that is signed.
const HOST: &str = "localhost";
/// Id of the environment that every gateway has.
const RELEASE: &str = "DEFAULT_ENVIRONMENT_RELEASE_ID";

/// What a person needs to call the demo.
pub(crate) struct Demo {
    host: String,
    app_key: String,
    app_secret: String,
}

impl Demo {
    /// Finds the demo in this installation or creates it. `backend` is a server that answers `GET /healthz`.
    ///
    /// # Errors
    /// When the management API refuses.
    pub(crate) async fn create(
        api: &Router,
        installation: &Installation,
        backend: SocketAddr,
    ) -> anyhow::Result<Self> {
        let client = Client::new(api, installation)?;
        if let Some(group) = client.find("api-groups", "groups", GROUP).await? {
            let app = client.find("apps", "apps", APP).await?.context("the demo's app was deleted")?;
            return Self::of(&group, &app);
        }
        let group = client.post("api-groups", &json!({ "name": GROUP, "remark": "Made by --dev" })).await?;
        let app = client.post("apps", &json!({ "name": APP, "remark": "Made by --dev" })).await?;
        let group_id = text(&group, "id")?;
        let echo = client.post("apis", &mock_api(&group_id)).await?;
        let health = client.post("apis", &http_api(&group_id, backend)).await?;
        let api_ids = [text(&echo, "id")?, text(&health, "id")?];
        for api_id in &api_ids {
            let publish = json!({ "action": "online", "env_id": RELEASE, "api_id": api_id });
            client.post("apis/action", &publish).await?;
        }
        let grant = json!({ "env_id": RELEASE, "app_ids": [text(&app, "id")?], "api_ids": api_ids });
        client.post("app-auths", &grant).await?;
        Self::of(&group, &app)
    }

    fn of(group: &Value, app: &Value) -> anyhow::Result<Self> {
        Ok(Self {
            host: text(group, "sl_domain")?,
            app_key: text(app, "app_key")?,
            app_secret: text(app, "app_secret")?,
        })
    }

    /// Prints a command line that answers 200 when pasted. It is the one output that holds a secret: the demo app's.
    ///
    /// # Errors
    /// When the path of this program is unknown, or standard output is closed.
    pub(crate) fn show(&self, gateway: SocketAddr) -> anyhow::Result<()> {
        let program = std::env::current_exe().context("cannot tell the path of this program")?;
        let mut out = std::io::stdout().lock();
        writeln!(
            out,
            "COUNTERSIGN_ACCESS_KEY={} COUNTERSIGN_SECRET_KEY={} {} call -i -H 'Host: {}' 'http://{gateway}/demo/hello?name=world'",
            self.app_key,
            self.app_secret,
            program.display(),
            self.host,
        )?;
        out.flush().context("cannot print the sample call")
    }
}

/// Answers every call itself.
fn mock_api(group_id: &str) -> Value {
    json!({
        "name": "demo_hello", "type": 1, "group_id": group_id, "auth_type": "APP", "req_protocol": "HTTP",
        "req_method": "GET", "req_uri": "/demo/hello", "match_mode": "NORMAL", "backend_type": "MOCK",
        "mock_info": {
            "status_code": 200,
            "header": [{ "key": "Content-Type", "value": "application/json" }],
            "result_content": "{\"message\":\"the signature is good\"}\n",
        },
    })
}

/// Forwards to this server's own health endpoint.
fn http_api(group_id: &str, backend: SocketAddr) -> Value {
    json!({
        "name": "demo_health", "type": 1, "group_id": group_id, "auth_type": "APP", "req_protocol": "HTTP",
        "req_method": "GET", "req_uri": "/demo/health", "match_mode": "NORMAL", "backend_type": "HTTP",
        "backend_api": {
            "url_domain": backend.to_string(), "req_protocol": "HTTP", "req_method": "GET",
            "req_uri": "/healthz", "timeout": 5000,
        },
    })
}

/// Calls the management API of the built-in gateway, signed by the administrator.
struct Client<'a> {
    api: &'a Router,
    signer: Signer,
    base: String,
}

impl<'a> Client<'a> {
    fn new(api: &'a Router, installation: &Installation) -> anyhow::Result<Self> {
        let principals = installation.identity.identity().access_keys()?;
        let principal = principals.first().context("no access key authenticates")?;
        let project = &installation.bootstrap.project.id;
        Ok(Self {
            api,
            signer: Signer::new(principal.access_key.clone(), principal.secret_key.clone()),
            base: format!("/v2/{project}/apigw/instances/{}", installation.instance.id),
        })
    }

    async fn find(&self, path: &str, list: &str, name: &str) -> anyhow::Result<Option<Value>> {
        let page = self.send("GET", &format!("{path}?name={name}&precise_search=name"), Vec::new()).await?;
        let found = page.get(list).and_then(|list| list.get(0)).cloned();
        let Some(found) = found else { return Ok(None) };
        let id = text(&found, "id")?;
        self.send("GET", &format!("{path}/{id}"), Vec::new()).await.map(Some)
    }

    async fn post(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        self.send("POST", path, body.to_string().into_bytes()).await
    }

    async fn send(&self, method: &str, path: &str, body: Vec<u8>) -> anyhow::Result<Value> {
        let target = format!("{}/{path}", self.base);
        let headers = [("Host", HOST), ("Content-Type", "application/json")];
        let request = countersign_sign::Request {
            method,
            target: &target,
            headers: &headers,
            payload: Payload::Body(&body),
        };
        let signed = self.signer.sign(&request, clock::now())?;
        let request = Request::builder().method(method).uri(&target);
        let request = headers.into_iter().fold(request, |request, (name, value)| request.header(name, value));
        let request =
            signed.headers.iter().fold(request, |request, (name, value)| request.header(*name, value));
        let response = self.api.clone().call(request.body(Body::from(body))?).await?;
        let status = response.status();
        let answer = to_bytes(response.into_body(), MANAGEMENT_BODY_BYTES_MAX).await?;
        if !status.is_success() {
            bail!("{method} {target} answered {status}: {}", String::from_utf8_lossy(&answer));
        }
        serde_json::from_slice(&answer).with_context(|| format!("{method} {target} did not answer JSON"))
    }
}

fn text(object: &Value, member: &str) -> anyhow::Result<String> {
    let text = object.get(member).and_then(Value::as_str);
    text.map(str::to_owned).with_context(|| format!("the answer has no {member}"))
}
