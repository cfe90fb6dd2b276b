//! Sends one job of sdks/README.md through the client named by its argument: `adapter reqwest` or `adapter tower`.

use base64::{Engine, prelude::BASE64_STANDARD};
use bytes::Bytes;
use countersign_sign::Signer;
use countersign_sign_http::{Client, Clock, SignLayer};
use countersign_types::{AccessKeyId, ProjectId, SecretKey, SecurityToken, Timestamp};
use http_body_util::{BodyExt, Full};
use hyper_util::{client::legacy, rt::TokioExecutor};
use serde::Deserialize;
use std::env::{self, var};
use std::sync::OnceLock;
use tower::{Layer, ServiceExt};

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[derive(Deserialize)]
struct Job {
    method: String,
    url: String,
    headers: Vec<(String, String)>,
    body: Option<String>,
    clock_offset_seconds: i64,
    correct_clock: bool,
}

/// How wrong the clock is. Clocks are plain functions, so that it stands outside of them.
static OFFSET: OnceLock<i64> = OnceLock::new();

impl Job {
    fn clock(&self) -> Clock {
        OFFSET.get_or_init(|| self.clock_offset_seconds);
        let clock = Clock::new(wrong_time);
        if self.correct_clock { clock.correcting() } else { clock }
    }

    fn request(&self) -> Result<http::Request<Full<Bytes>>, Failure> {
        let body = BASE64_STANDARD.decode(self.body.as_deref().unwrap_or_default())?;
        // URLs may hold characters that people type; the url crate spells them for the wire.
        let url = reqwest::Url::parse(&self.url)?;
        let mut request = http::Request::builder().method(self.method.as_str()).uri(url.as_str());
        for (name, value) in &self.headers {
            request = request.header(name, http::HeaderValue::from_bytes(value.as_bytes())?);
        }
        Ok(request.body(Full::from(body))?)
    }
}

fn wrong_time() -> Timestamp {
    let offset = OFFSET.get().copied().unwrap_or_default();
    Timestamp::from_unix(Clock::system().now().unix().saturating_add_signed(offset))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let job: Job = serde_json::from_reader(std::io::stdin())?;
    let (status, body) = match env::args().nth(1).as_deref() {
        Some("reqwest") => by_reqwest(&job).await?,
        Some("tower") => by_tower(&job).await?,
        _ => return Err("name reqwest or tower".into()),
    };
    println!("{}", serde_json::json!({ "status": status, "body": BASE64_STANDARD.encode(body) }));
    Ok(())
}

async fn by_reqwest(job: &Job) -> Result<(u16, Bytes), Failure> {
    let (parts, body) = job.request()?.into_parts();
    let http = reqwest::Client::new();
    let request = http.request(parts.method, parts.uri.to_string()).headers(parts.headers);
    let request = request.body(body.collect().await?.to_bytes()).build()?;
    let answer = Client::new(http, signer()?).clock(job.clock()).execute(request).await?;
    Ok((answer.status().as_u16(), answer.bytes().await?))
}

async fn by_tower(job: &Job) -> Result<(u16, Bytes), Failure> {
    let http = legacy::Client::builder(TokioExecutor::new()).build_http();
    let client = SignLayer::new(signer()?, job.clock()).layer(http);
    let answer = client.oneshot(job.request()?).await?;
    Ok((answer.status().as_u16(), answer.into_body().collect().await?.to_bytes()))
}

fn signer() -> Result<Signer, Failure> {
    let access_key = AccessKeyId::parse(&var("COUNTERSIGN_ACCESS_KEY")?)?;
    let mut signer = Signer::new(access_key, SecretKey::new(var("COUNTERSIGN_SECRET_KEY")?));
    if let Ok(token) = var("COUNTERSIGN_SECURITY_TOKEN") {
        signer = signer.security_token(SecurityToken::new(token));
    }
    if let Ok(id) = var("COUNTERSIGN_PROJECT_ID") {
        signer = signer.project_id(ProjectId::parse(&id)?);
    }
    Ok(signer)
}
