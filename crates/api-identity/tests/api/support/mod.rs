//! The identity API of a new installation, called without a network.
#[path = "../../../../identity/tests/support/mod.rs"]
mod installation;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::{Router, response::Response};
use countersign_api_identity::{Site, router};
use countersign_identity::{
    Actor, Agency, Assignment, Bootstrap, Domain, Live, Place as At, TENANT_GUEST, User,
};
use countersign_sign::{Payload, Signer};
use countersign_store::{Document, put, write};
use countersign_types::{AccessKeyId, AgencyId, DomainId, SecretKey, UserId};
use http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Arc;
use tempfile::TempDir;
use tower::ServiceExt;

pub(crate) const HOST: &str = "iam.test:8800";

pub(crate) struct Place {
    pub(crate) live: Arc<Live>,
    pub(crate) made: Bootstrap,
    app: Router,
    _files: TempDir,
}

pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

pub(crate) fn place() -> Place {
    place_with(Site { region: "local-1".into(), base_url: None, secret_key_login: true })
}

pub(crate) fn place_with(site: Site) -> Place {
    let (files, identity, made) = installation::started();
    let live = Arc::new(Live::open(identity).unwrap());
    Place { app: router(Arc::clone(&live), site), live, made, _files: files }
}

impl Place {
    pub(crate) fn store<T: Document>(&self, record: &T) {
        write(self.live.identity().store.as_ref(), |writer| put(writer, record)).unwrap();
    }

    /// Another account with an agency that the administrator may act as.
    pub(crate) fn lender(&self) {
        let id = DomainId::parse("lender").unwrap();
        self.store(&Domain { id: id.clone(), name: "Lender".into(), ..self.made.domain.clone() });
        let agency = Agency {
            id: AgencyId::parse("night").unwrap(),
            domain_id: id.clone(),
            name: "night".into(),
            trust_domain_id: self.made.domain.id.clone(),
            description: String::new(),
            duration_days: None,
            expires: None,
            epoch: 0,
            created: self.live.now(),
        };
        self.store(&agency);
        self.store(&Assignment::new(id, Actor::Agency(agency.id), At::Domain, TENANT_GUEST.role_id()));
    }

    /// A user of the same account and password as the administrator, without any role.
    pub(crate) fn plain_user(&self) -> User {
        let id = UserId::parse("plain").unwrap();
        let user = User { id, name: "plain".into(), ..self.made.user.clone() };
        self.store(&user);
        user
    }

    pub(crate) fn password(&self) -> String {
        self.made.administrator.as_ref().unwrap().password.expose().to_owned()
    }

    pub(crate) fn key(&self) -> (AccessKeyId, SecretKey) {
        let administrator = self.made.administrator.as_ref().unwrap();
        (administrator.access_key.clone(), administrator.secret_key.clone())
    }

    /// Sends a request; every answer carries a request id.
    pub(crate) async fn send(
        &self,
        method: &str,
        target: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Reply {
        let mut request = Request::builder().method(method).uri(target).header("host", HOST);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let peer = SocketAddr::from(([127, 0, 0, 1], 40_000));
        let request = request.extension(ConnectInfo(peer)).body(Body::from(body.to_owned())).unwrap();
        let reply = read(self.app.clone().oneshot(request).await.unwrap()).await;
        assert_eq!(reply.headers["x-request-id"].len(), 32);
        reply
    }

    pub(crate) async fn get(&self, target: &str, token: &str) -> Reply {
        self.send("GET", target, &[("x-auth-token", token)], "").await
    }

    /// Sends a request signed with this signer.
    pub(crate) async fn signed(&self, signer: &Signer, method: &str, target: &str, body: &str) -> Reply {
        let headers = [("host", HOST)];
        let request = countersign_sign::Request {
            method,
            target,
            headers: &headers,
            payload: Payload::Body(body.as_bytes()),
        };
        let signed = signer.sign(&request, self.live.now()).unwrap();
        let headers: Vec<_> = signed.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.send(method, target, &headers, body).await
    }

    pub(crate) fn signer(&self) -> Signer {
        let (access_key, secret_key) = self.key();
        Signer::new(access_key, secret_key)
    }

    pub(crate) fn login_body(&self, scope: Value) -> Value {
        let user = json!({"name": "admin", "password": self.password(), "domain": {"name": "countersign"}});
        let mut body = json!({"auth": {"identity": {"methods": ["password"], "password": {"user": user}}}});
        body["auth"]["scope"] = scope;
        body
    }

    pub(crate) async fn authenticate(&self, body: &Value) -> Reply {
        self.send("POST", "/v3/auth/tokens", &[], &body.to_string()).await
    }

    /// The administrator's token for this scope.
    pub(crate) async fn token(&self, scope: Value) -> String {
        let reply = self.authenticate(&self.login_body(scope)).await;
        assert_eq!(reply.status, 201, "{}", reply.body);
        reply.token()
    }

    pub(crate) async fn domain_token(&self) -> String {
        self.token(json!({"domain": {"name": "countersign"}})).await
    }
}

impl Reply {
    pub(crate) fn token(&self) -> String {
        self.headers["x-subject-token"].to_str().unwrap().to_owned()
    }

    pub(crate) fn message(&self) -> &str {
        self.body["error"]["message"].as_str().unwrap()
    }

    /// The roles of a described token.
    pub(crate) fn role_names(&self) -> Vec<&str> {
        let roles = self.body["token"]["roles"].as_array().unwrap();
        roles.iter().map(|role| role["name"].as_str().unwrap()).collect()
    }

    /// The names of the members, in order.
    pub(crate) fn members(value: &Value) -> Vec<&str> {
        value.as_object().unwrap().keys().map(String::as_str).collect()
    }
}

async fn read(response: Response) -> Reply {
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    let body = if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).unwrap() };
    Reply { status: parts.status, headers: parts.headers, body }
}
