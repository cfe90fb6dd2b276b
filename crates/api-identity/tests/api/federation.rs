//! Identity providers, and logins by their tokens, as clients see them.

mod agencies;
mod logins;
mod managing;

use crate::provider::Key;
use crate::support::{Place, Reply};
use countersign_identity::{Actor, Assignment, Place as At, TENANT_GUEST};
use serde_json::{Value, json};

const PROVIDER: &str = "/v3/OS-FEDERATION/identity_providers/corp";
const MAPPING: &str = "/v3/OS-FEDERATION/mappings/people";
const CONFIG: &str = "/v3.0/OS-FEDERATION/identity-providers/corp/openid-connect-config";
const LOGIN: &str = "/v3.0/OS-AUTH/id-token/tokens";
const ISSUER: &str = "https://idp.example.com";

fn claims(place: &Place, subject: &str, name: &str, groups: &[&str]) -> Value {
    let now = place.live.now().unix();
    json!({
        "iss": ISSUER,
        "aud": "countersign",
        "sub": subject,
        "name": name,
        "groups": groups,
        "iat": now,
        "exp": now + 300,
    })
}

fn config(keys: &[Value]) -> Value {
    let signing_key = json!({ "keys": keys }).to_string();
    json!({"access_mode": "program", "idp_url": ISSUER, "client_id": "countersign", "signing_key": signing_key})
}

async fn administer(place: &Place, method: &str, target: &str, body: &Value) -> Reply {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    place.signed(&place.signer(), method, target, &body).await
}

async fn made(place: &Place, method: &str, target: &str, body: Value) -> Value {
    let reply = administer(place, method, target, &body).await;
    assert_eq!(reply.status, 201, "{target} {}", reply.body);
    reply.body
}

/// Makes the provider `corp`, whose people are named by `name` and in the groups of `groups`.
async fn federate(place: &Place, key: &Key, alg: &str) {
    made(place, "PUT", PROVIDER, json!({"identity_provider": {"description": "staff"}})).await;
    let rules = json!([{
        "local": [{"user": {"name": "{0}"}}, {"groups": "{1}"}],
        "remote": [{"type": "name"}, {"type": "groups"}],
    }]);
    made(place, "PUT", MAPPING, json!({"mapping": {"rules": rules}})).await;
    let protocol = json!({"protocol": {"mapping_id": "people"}});
    made(place, "PUT", &format!("{PROVIDER}/protocols/oidc"), protocol).await;
    let config = json!({"openid_connect_config": config(&[key.public("one", alg)])});
    made(place, "POST", CONFIG, config).await;
}

async fn log_in(place: &Place, token: &str, scope: Value) -> Reply {
    let mut body = json!({"auth": {"id_token": {"id": token}}});
    if !scope.is_null() {
        body["auth"]["scope"] = scope;
    }
    place.send("POST", LOGIN, &[("x-idp-id", "corp")], &body.to_string()).await
}

/// A group `readers` with a role for the account.
async fn readers(place: &Place) {
    let group = made(place, "POST", "/v3/groups", json!({"group": {"name": "readers"}})).await;
    let id = group["group"]["id"].as_str().unwrap().to_owned().try_into().unwrap();
    let domain = place.made.domain.id.clone();
    place.store(&Assignment::new(domain, Actor::Group(id), At::Domain, TENANT_GUEST.role_id()));
}

async fn ada(place: &Place, key: &Key) -> Reply {
    let token = key.issue("one", "EdDSA", &claims(place, "a-1", "Ada", &["readers", "elsewhere"]));
    log_in(place, &token, Value::Null).await
}

fn domain_scope(place: &Place) -> Value {
    json!({"domain": {"id": place.made.domain.id.as_str()}})
}
