//! Logins by tokens of an identity provider.

use super::{LOGIN, MAPPING, PROVIDER, ada, administer, claims, domain_scope, federate, log_in, readers};
use crate::provider::{Key, ed25519, es256, rs256};
use crate::support::{Reply, place};
use serde_json::{Value, json};

#[tokio::test]
async fn a_person_of_the_provider_becomes_a_user_with_its_groups() {
    let (place, key) = (place(), ed25519());
    federate(&place, &key, "EdDSA").await;
    readers(&place).await;
    let first = ada(&place, &key).await;
    assert_eq!(first.status, 201, "{}", first.body);
    let token = &first.body["token"];
    assert_eq!(Reply::members(token), ["expires_at", "methods", "issued_at", "user", "audit_ids"]);
    let user = &token["user"];
    let federation = &user["OS-FEDERATION"];
    assert_eq!((&token["methods"], &user["name"]), (&json!(["mapped"]), &json!("Ada")));
    assert_eq!(federation["identity_provider"]["id"], "corp");
    assert_eq!(federation["protocol"]["id"], "oidc");
    assert_eq!(federation["groups"][0]["name"], "readers");
    assert_eq!(federation["groups"].as_array().unwrap().len(), 1);
    let again = ada(&place, &key).await;
    assert_eq!(again.body["token"]["user"]["id"], user["id"]);
}

#[tokio::test]
async fn a_login_that_changes_nothing_writes_nothing() {
    let (place, key) = (place(), ed25519());
    federate(&place, &key, "EdDSA").await;
    ada(&place, &key).await;
    let before = place.live.directory().unwrap();
    ada(&place, &key).await;
    assert!(std::sync::Arc::ptr_eq(&before, &place.live.directory().unwrap()));
}

#[tokio::test]
async fn every_login_brings_name_and_groups_up_to_date() {
    let (place, key) = (place(), ed25519());
    federate(&place, &key, "EdDSA").await;
    readers(&place).await;
    let first = ada(&place, &key).await;
    let token = key.issue("one", "EdDSA", &claims(&place, "a-1", "Ada", &["readers"]));
    let scoped = log_in(&place, &token, domain_scope(&place)).await;
    assert_eq!(scoped.body["token"]["roles"][0]["name"], "readonly", "{}", scoped.body);
    let token = key.issue("one", "EdDSA", &claims(&place, "a-1", "Countess", &["x"]));
    let later = log_in(&place, &token, Value::Null).await;
    let user = &later.body["token"]["user"];
    assert_eq!((&user["id"], &user["name"]), (&first.body["token"]["user"]["id"], &json!("Countess")));
    let shown = place.get("/v3/auth/projects", &scoped.token()).await;
    assert_eq!(shown.status, 401, "the role was the group's");
}

#[tokio::test]
async fn the_token_buys_a_temporary_key_that_outlives_the_providers_token() {
    let (place, key) = (place(), ed25519());
    federate(&place, &key, "EdDSA").await;
    let token = json!({"id": ada(&place, &key).await.token(), "duration_seconds": 21_600});
    let body = json!({"auth": {"identity": {"methods": ["token"], "token": token}}});
    let bought = place.send("POST", "/v3.0/OS-CREDENTIAL/securitytokens", &[], &body.to_string()).await;
    assert_eq!(bought.status, 201, "{}", bought.body);
    assert_eq!(bought.body["credential"]["expires_at"], "2023-11-15T04:13:20.000000Z");
}

#[tokio::test]
async fn a_token_in_the_authorization_header_gives_a_token_without_a_scope() {
    let (place, key) = (place(), rs256());
    federate(&place, &key, "RS256").await;
    let target = format!("{PROVIDER}/protocols/oidc/auth");
    let token = key.issue("one", "RS256", &claims(&place, "a-1", "Ada", &["x"]));
    let reply = place.send("POST", &target, &[("authorization", &format!("Bearer {token}"))], "").await;
    assert_eq!((reply.status.as_u16(), reply.body["token"].get("roles")), (201, None), "{}", reply.body);
    let basic = format!("Basic {token}");
    for (line, status) in [("Bearer x", 401), ("Bearer", 400), (basic.as_str(), 400)] {
        let reply = place.send("POST", &target, &[("authorization", line)], "").await;
        assert_eq!(reply.status, status, "{line}");
    }
    let other = target.replace("oidc", "saml");
    let reply = place.send("POST", &other, &[("authorization", &format!("Bearer {token}"))], "").await;
    assert_eq!(reply.status, 404);
}

#[tokio::test]
async fn what_does_not_hold_is_refused_with_401_and_makes_no_user() {
    let (place, key) = (place(), es256());
    federate(&place, &key, "ES256").await;
    let good = claims(&place, "a-1", "Ada", &["x"]);
    let with = |name: &str, value: Value| {
        let mut claims = good.clone();
        claims[name] = value;
        key.issue("one", "ES256", &claims)
    };
    let long_name = "x".repeat(65);
    let tokens = [
        (Key::Nothing.issue("one", "none", &good), "IAM.0067"),
        (Key::Known(key.public_bytes()).issue("one", "HS256", &good), "IAM.0067"),
        (es256().issue("one", "ES256", &good), "IAM.0067"),
        (key.issue("two", "ES256", &good), "IAM.0067"),
        (with("iss", json!("https://evil.example.com")), "IAM.0067"),
        (with("aud", json!("other")), "IAM.0067"),
        (with("iat", json!(place.live.now().unix() + 61)), "IAM.0067"),
        (with("sub", json!(7)), "IAM.0067"),
        (with("pad", json!("x".repeat(9_000))), "IAM.0067"),
        (with("name", json!(["Ada", "Eve"])), "IAM.0001"),
        (with("name", json!(long_name)), "IAM.0001"),
        (with("name", json!(" ")), "IAM.0001"),
        (String::new(), "IAM.0067"),
        ("\u{0}\u{ff}.é.🔑".to_owned(), "IAM.0067"),
    ];
    for (token, code) in &tokens {
        let reply = log_in(&place, token, Value::Null).await;
        let told = (reply.status.as_u16(), &reply.body["error_code"]);
        assert_eq!(told, (401, &json!(code)), "{token} {}", reply.body);
    }
    let users = &place.live.directory().unwrap().users;
    assert_eq!(users.iter().count(), 1);
}

#[tokio::test]
async fn an_expired_token_is_told_apart() {
    let (place, key) = (place(), ed25519());
    federate(&place, &key, "EdDSA").await;
    let mut old = claims(&place, "a-1", "Ada", &["x"]);
    old["iat"] = json!(1);
    old["exp"] = json!(2);
    let reply = log_in(&place, &key.issue("one", "EdDSA", &old), Value::Null).await;
    assert_eq!((reply.status.as_u16(), &reply.body["error_code"]), (401, &json!("IAM.0066")));
}

#[tokio::test]
async fn a_login_needs_a_provider_that_is_enabled_and_set_up() {
    let (place, key) = (place(), ed25519());
    let token = key.issue("one", "EdDSA", &claims(&place, "a-1", "Ada", &["x"]));
    let refused = async |why| {
        let reply = log_in(&place, &token, Value::Null).await;
        assert_eq!((reply.status.as_u16(), &reply.body["error_code"]), (401, &json!("IAM.0001")), "{why}");
    };
    refused("unknown").await;
    federate(&place, &key, "EdDSA").await;
    assert_eq!(log_in(&place, &token, Value::Null).await.status, 201);
    assert_eq!(administer(&place, "DELETE", MAPPING, &Value::Null).await.status, 204);
    refused("without rules").await;
    let disable = json!({"identity_provider": {"enabled": false}});
    assert_eq!(administer(&place, "PATCH", PROVIDER, &disable).await.status, 200);
    refused("disabled").await;
    let body = json!({"auth": {"id_token": {"id": token}}}).to_string();
    for headers in [&[][..], &[("x-idp-id", "corp"), ("x-idp-id", "corp")]] {
        assert_eq!(place.send("POST", LOGIN, headers, &body).await.status, 400);
    }
}

#[tokio::test]
async fn disabling_or_deleting_the_provider_ends_what_its_people_have() {
    let (place, key) = (place(), ed25519());
    federate(&place, &key, "EdDSA").await;
    let token = ada(&place, &key).await.token();
    assert_eq!(place.get("/v5/caller-identity", &token).await.status, 200);
    for enabled in [false, true] {
        let change = json!({"identity_provider": { "enabled": enabled }});
        administer(&place, "PATCH", PROVIDER, &change).await;
        assert_eq!(place.get("/v5/caller-identity", &token).await.status, 401);
    }
    let token = ada(&place, &key).await.token();
    assert_eq!(administer(&place, "DELETE", PROVIDER, &Value::Null).await.status, 204);
    assert_eq!(place.get("/v5/caller-identity", &token).await.status, 401);
    assert_eq!(place.live.directory().unwrap().users.iter().count(), 1);
}

#[tokio::test]
async fn a_person_does_not_take_over_a_user_by_its_name() {
    let (place, key) = (place(), ed25519());
    federate(&place, &key, "EdDSA").await;
    let token = key.issue("one", "EdDSA", &claims(&place, "a-1", "admin", &["x"]));
    let reply = log_in(&place, &token, Value::Null).await;
    assert_eq!((reply.status.as_u16(), &reply.body["error_code"]), (409, &json!("IAM.0005")));
    assert_eq!(ada(&place, &key).await.status, 201);
    let token = key.issue("one", "EdDSA", &claims(&place, "a-2", "Ada", &["x"]));
    assert_eq!(log_in(&place, &token, Value::Null).await.status, 409);
}

#[tokio::test]
async fn a_person_has_neither_password_nor_permanent_key_and_may_be_disabled() {
    let (place, key) = (place(), ed25519());
    federate(&place, &key, "EdDSA").await;
    let token = ada(&place, &key).await;
    let id = token.body["token"]["user"]["id"].as_str().unwrap().to_owned();
    let target = format!("/v3/users/{id}");
    let password = json!({"user": {"password": "long enough"}});
    assert_eq!(administer(&place, "PATCH", &target, &password).await.status, 400);
    let pair = json!({"credential": {"user_id": id}});
    let keys = "/v3.0/OS-CREDENTIAL/credentials";
    assert_eq!(administer(&place, "POST", keys, &pair).await.status, 400);
    let own = place.send("POST", keys, &[("x-auth-token", &token.token())], &pair.to_string()).await;
    assert_eq!(own.status, 400);
    let lasting = json!({"application_credential": {"name": "mine"}});
    let (lasting, target_of_own) = (lasting.to_string(), format!("{target}/application_credentials"));
    let own = place.send("POST", &target_of_own, &[("x-auth-token", &token.token())], &lasting).await;
    assert_eq!(own.status, 400);
    let disable = json!({"user": {"enabled": false}});
    assert_eq!(administer(&place, "PATCH", &target, &disable).await.status, 200);
    assert_eq!(place.get("/v5/caller-identity", &token.token()).await.status, 401);
    assert_eq!(ada(&place, &key).await.status, 401);
}
