//! A management API on a store of its own, and a client that signs.

pub(crate) mod contract;

use axum::Router;
use axum::body::Body;
use countersign_api_apig::{KeySource, Principal, router};
use countersign_control::debug::{Incoming, Outgoing, Prober};
use countersign_control::{Control, Instance, Unsealable, Vault};
use countersign_sign::{Payload, Signer};
use countersign_store_sqlite::Sqlite;
use countersign_types::{AccessKeyId, DomainId, ProjectId, SecretKey, SecurityToken, Timestamp, UserId};
use countersign_verify::Key;
use http::{HeaderMap, Request, StatusCode};
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::TempDir;
use tower::ServiceExt;

pub(crate) const PROJECT: &str = "05495693df80d3c92fa1c01795c2be02";
pub(crate) const OTHER_PROJECT: &str = "0f2bb75ab6f94f1f8b2a1c3d4e5f6071";
pub(crate) const ACCESS_KEY: &str = "QTWAOYTTINDUT2QVKYUC";
pub(crate) const TEMPORARY_KEY: &str = "TEMPAOYTTINDUT2QVKYU";
pub(crate) const STRANGER_KEY: &str = "STRANGERTINDUT2QVKYU";
pub(crate) const TOKEN: &str = "gQpjbi1ub3J0aC00";
const SECRET: &str = "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc";

/// When every request of the tests is made.
pub(crate) fn now() -> Timestamp {
    Timestamp::from_unix(1_700_000_000)
}

/// Never the same bytes twice, so that ids are unique.
fn random(buffer: &mut [u8]) {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    buffer.iter_mut().zip(number.iter().cycle()).for_each(|(byte, source)| *byte = *source);
}

/// Keeps the context beside the secret, so that a wrong one shows.
struct OpenVault;

impl Vault for OpenVault {
    fn seal(&self, context: &str, secret: &str) -> String {
        format!("{context}|{secret}")
    }

    fn open(&self, context: &str, sealed: &str) -> Result<String, Unsealable> {
        sealed.strip_prefix(&format!("{context}|")).map(str::to_owned).ok_or(Unsealable)
    }
}

/// Answers with what it was asked.
struct Echo;

impl Prober for Echo {
    fn probe(&self, request: &Outgoing) -> Result<Incoming, String> {
        let headers = request.headers.clone();
        Ok(Incoming { status: "200 OK".to_owned(), headers, body: request.body.clone(), truncated: false })
    }
}

/// A permanent and a temporary key of one project, and a key of another one.
struct Keys;

impl KeySource for Keys {
    fn find(&self, access_key: &str) -> Option<Arc<Principal>> {
        let security_token = match access_key {
            ACCESS_KEY | STRANGER_KEY => None,
            TEMPORARY_KEY => Some(SecurityToken::new(TOKEN)),
            _ => return None,
        };
        let project = if access_key == STRANGER_KEY { OTHER_PROJECT } else { PROJECT };
        Some(Arc::new(Principal {
            key: Key::new(AccessKeyId::parse(access_key).unwrap(), SecretKey::new(SECRET)),
            security_token,
            user_id: UserId::parse("user").unwrap(),
            user_name: "admin".to_owned(),
            domain_id: DomainId::parse("domain").unwrap(),
            projects: vec![ProjectId::parse(project).unwrap()],
        }))
    }
}

/// The API under test with its built-in gateway.
pub(crate) struct Api {
    router: Router,
    pub(crate) instance: Instance,
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
        let directory = tempfile::tempdir().unwrap();
        let control = Control {
            store: Arc::new(Sqlite::open(directory.path()).unwrap()),
            now,
            random,
            vault: Arc::new(OpenVault),
            prober: Arc::new(Echo),
            domain_suffix: "example.com".to_owned(),
            region: "local-1".to_owned(),
        };
        let instance = control.bootstrap_instance(&ProjectId::parse(PROJECT).unwrap()).unwrap();
        Self { router: router(control, Arc::new(Keys)), instance, _directory: directory }
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
        self.send(sign(method, target, body.into(), &[])).await
    }

    /// Sends the request as it is.
    pub(crate) async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let body = if body.is_empty() { Value::Null } else { serde_json::from_slice(&body).unwrap() };
        Reply { status: parts.status, headers: parts.headers, body }
    }
}

/// Signed with the permanent key.
pub(crate) fn sign(method: &str, target: &str, body: Vec<u8>, extra: &[(&str, &str)]) -> Request<Body> {
    let signer = Signer::new(AccessKeyId::parse(ACCESS_KEY).unwrap(), SecretKey::new(SECRET));
    sign_with(&signer, now(), (method, target), body, extra)
}

/// A signer for any key with the tests' secret.
pub(crate) fn signer(access_key: &str) -> Signer {
    Signer::new(AccessKeyId::parse(access_key).unwrap(), SecretKey::new(SECRET))
}

/// A request signed with this signer at this time.
pub(crate) fn sign_with(
    signer: &Signer,
    time: Timestamp,
    (method, target): (&str, &str),
    body: Vec<u8>,
    extra: &[(&str, &str)],
) -> Request<Body> {
    let headers = [&[("Host", "apig.example.com"), ("Content-Type", "application/json")], extra].concat();
    let request =
        countersign_sign::Request { method, target, headers: &headers, payload: Payload::Body(&body) };
    let signed = signer.sign(&request, time).unwrap();
    let mut builder = Request::builder().method(method).uri(target);
    for (name, value) in &headers {
        builder = builder.header(*name, *value);
    }
    for (name, value) in &signed.headers {
        builder = builder.header(*name, value);
    }
    builder.body(Body::from(body)).unwrap()
}
