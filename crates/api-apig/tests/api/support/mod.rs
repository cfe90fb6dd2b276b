//! A management API on a store of its own, and clients that sign or show tokens.

pub(crate) mod contract;
pub(crate) mod counts;
pub(crate) mod guard;
#[path = "../../../../identity/tests/support/mod.rs"]
mod installation;
pub(crate) mod people;
pub(crate) mod refusals;

use axum::Router;
use axum::body::Body;
use countersign_api_apig::router;
use countersign_control::debug::{Incoming, Outgoing, Prober};
use countersign_control::{Control, Functions, Instance};
use countersign_identity::{Bootstrap, Live, Project};
use countersign_sign::{Payload, Signer};
use countersign_snapshot::source;
use countersign_store::{Document, put, write};
use countersign_types::{ProjectId, Timestamp};
use http::{HeaderMap, Request, StatusCode};
use people::Person;
use serde_json::Value;
use std::sync::Arc;
use tempfile::TempDir;
use tower::ServiceExt;

pub(crate) const PROJECT: &str = "05495693df80d3c92fa1c01795c2be02";
pub(crate) const REGION: &str = "local-1";

/// When every request of the tests is made.
pub(crate) fn now() -> Timestamp {
    Timestamp::from_unix(1_700_000_000)
}

/// The only function that the installation has.
pub(crate) const FUNCTION: &str = "urn:fss:local-1:project:function:default:guard";

fn functions() -> Functions {
    Functions::new([(FUNCTION.to_owned(), "http://127.0.0.1:9/guard".to_owned())].into()).unwrap()
}

/// Answers with what it was asked.
struct Echo;

impl Prober for Echo {
    fn probe(&self, request: &Outgoing, _: &source::Group) -> Result<Incoming, String> {
        let headers = request.headers.clone();
        Ok(Incoming { status: "200 OK".to_owned(), headers, body: request.body.clone(), truncated: false })
    }
}

/// The API under test with its built-in gateway, and the identity service that it asks.
pub(crate) struct Api {
    router: Router,
    pub(crate) instance: Instance,
    pub(crate) live: Arc<Live>,
    pub(crate) made: Bootstrap,
    pub(crate) owner: Person,
    _directory: TempDir,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

impl Reply {
    /// The code of a refusal.
    pub(crate) fn code(&self) -> &str {
        self.body["error_code"].as_str().unwrap_or_default()
    }

    /// Status and code of a refusal.
    pub(crate) fn refusal(&self) -> (u16, &str) {
        (self.status.as_u16(), self.code())
    }

    /// A text member.
    pub(crate) fn text(&self, member: &str) -> String {
        self.body[member].as_str().unwrap_or_else(|| panic!("{member} in {}", self.body)).to_owned()
    }
}

impl Api {
    pub(crate) fn new() -> Self {
        let (directory, identity, made) = installation::started();
        let project = ProjectId::parse(PROJECT).unwrap();
        let control = Control {
            store: Arc::clone(&identity.store),
            now: identity.now,
            random: identity.random,
            vault: Arc::clone(&identity.vault),
            prober: Arc::new(Echo),
            counts: Arc::new(counts::Counted),
            refusals: Arc::new(refusals::Remembered),
            functions: functions(),
            domain_suffix: "example.com".to_owned(),
            region: REGION.to_owned(),
            app_secret_overlap_seconds: 0,
        };
        let instance = control.bootstrap_instance(&project).unwrap();
        let live = Arc::new(Live::open(identity).unwrap());
        let owner = Person::owner(&made);
        let router = router(control, Arc::clone(&live));
        let api = Self { router, instance, live, made, owner, _directory: directory };
        api.store(&Project { id: project, name: "tests".to_owned(), ..api.made.project.clone() });
        api
    }

    pub(crate) fn store<T: Document>(&self, record: &T) {
        write(self.live.identity().store.as_ref(), |writer| put(writer, record)).unwrap();
    }

    /// How often something was written.
    pub(crate) fn revision(&self) -> u64 {
        *self.live.identity().store.watch().borrow()
    }

    /// The path below the built-in gateway.
    pub(crate) fn path(&self, rest: &str) -> String {
        format!("/v2/{PROJECT}/apigw/instances/{}{rest}", self.instance.id)
    }

    /// A signed request below the built-in gateway; `Value::Null` sends no body.
    pub(crate) async fn call(&self, method: &str, rest: &str, body: Value) -> Reply {
        self.call_at(method, &self.path(rest), body).await
    }

    /// A signed request at a whole path.
    pub(crate) async fn call_at(&self, method: &str, target: &str, body: Value) -> Reply {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        self.call_raw(method, target, body).await
    }

    /// A signed request with any body.
    pub(crate) async fn call_raw(&self, method: &str, target: &str, body: impl Into<Vec<u8>>) -> Reply {
        self.send(self.sign(method, target, body.into())).await
    }

    /// A request signed by the owner.
    pub(crate) fn sign(&self, method: &str, target: &str, body: Vec<u8>) -> Request<Body> {
        sign_with(&self.owner.signer(), now(), (method, target), body)
    }

    /// Sends the request as it is.
    pub(crate) async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let body = if body.is_empty() { Value::Null } else { json_or_text(&body) };
        Reply { status: parts.status, headers: parts.headers, body }
    }
}

/// Exported documents alone may be something else than JSON.
fn json_or_text(body: &[u8]) -> Value {
    serde_json::from_slice(body).unwrap_or_else(|_| Value::from(std::str::from_utf8(body).unwrap()))
}

/// A request signed with this signer at this time.
pub(crate) fn sign_with(
    signer: &Signer,
    time: Timestamp,
    (method, target): (&str, &str),
    body: Vec<u8>,
) -> Request<Body> {
    let headers = [("Host", "apig.example.com"), ("Content-Type", "application/json")];
    let request =
        countersign_sign::Request { method, target, headers: &headers, payload: Payload::Body(&body) };
    let signed = signer.sign(&request, time).unwrap();
    let mut builder = Request::builder().method(method).uri(target);
    for (name, value) in headers {
        builder = builder.header(name, value);
    }
    for (name, value) in &signed.headers {
        builder = builder.header(*name, value);
    }
    builder.body(Body::from(body)).unwrap()
}
