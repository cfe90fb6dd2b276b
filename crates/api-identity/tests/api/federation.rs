//! Identity providers, and logins by their tokens, as clients see them.

use crate::provider::{Key, ed25519, es256, rs256};
use crate::support::{Place, Reply, place};
use countersign_identity::{AGENT_OPERATOR, Actor, Assignment, Place as At, TENANT_GUEST};
use countersign_sign::Signer;
use countersign_types::{AccessKeyId, SecretKey, SecurityToken};
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

#[tokio::test]
async fn the_configuration_is_shown_as_it_was_set_and_changed_in_parts() {
    let (place, key) = (place(), ed25519());
    federate(&place, &key, "EdDSA").await;
    let shown = administer(&place, "GET", CONFIG, &Value::Null).await.body;
    let members = [
        "access_mode",
        "idp_url",
        "client_id",
        "authorization_endpoint",
        "scope",
        "response_type",
        "response_mode",
        "signing_key",
    ];
    let shown = &shown["openid_connect_config"];
    assert_eq!(Reply::members(shown), members);
    assert_eq!((&shown["access_mode"], &shown["scope"]), (&json!("program"), &Value::Null));
    let browser = json!({"openid_connect_config": {
        "access_mode": "program_console",
        "authorization_endpoint": "https://idp.example.com/authorize",
        "scope": "openid email",
        "response_type": "id_token",
        "response_mode": "form_post",
    }});
    let changed = administer(&place, "PUT", CONFIG, &browser).await;
    assert_eq!(changed.status, 200, "{}", changed.body);
    let changed = &changed.body["openid_connect_config"];
    assert_eq!((&changed["scope"], &changed["idp_url"]), (&json!("openid email"), &json!(ISSUER)));
    let again = json!({"openid_connect_config": config(&[key.public("one", "EdDSA")])});
    assert_eq!(administer(&place, "POST", CONFIG, &again).await.status, 409);
}

#[tokio::test]
async fn configurations_that_check_nothing_are_refused() {
    let (place, key) = (place(), ed25519());
    federate(&place, &key, "EdDSA").await;
    let private = json!({"kty": "oct", "k": "c2VjcmV0", "alg": "HS256"});
    let set = |name: &str, value: Value| json!({"openid_connect_config": { name: value }});
    let refused = [
        set("access_mode", json!("console")),
        set("access_mode", json!("program_console")),
        set("scope", json!("openid")),
        set("idp_url", json!("ftp://idp.example.com")),
        set("idp_url", json!("https://a")),
        set("client_id", json!("four")),
        set("signing_key", json!("no keys")),
        set("signing_key", json!(json!({"keys": [private]}).to_string())),
        set("signing_key", json!("x".repeat(30_001))),
        set("surprise", json!(1)),
        json!({}),
    ];
    for body in refused {
        assert_eq!(administer(&place, "PUT", CONFIG, &body).await.status, 400, "{body}");
    }
}

#[tokio::test]
async fn providers_protocols_and_rules_are_managed() {
    let (place, key) = (place(), ed25519());
    federate(&place, &key, "EdDSA").await;
    let shown = administer(&place, "GET", PROVIDER, &Value::Null).await.body;
    let provider = &shown["identity_provider"];
    let members = ["sso_type", "id", "description", "enabled", "remote_ids", "links"];
    assert_eq!(Reply::members(provider), members);
    let target = format!("{PROVIDER}/protocols/oidc");
    let protocol = administer(&place, "GET", &target, &Value::Null).await.body;
    assert_eq!(Reply::members(&protocol["protocol"]), ["id", "mapping_id", "links"]);
    let again = json!({"identity_provider": {}});
    assert_eq!(administer(&place, "PUT", PROVIDER, &again).await.status, 409);
    for (list, name) in [
        ("/v3/OS-FEDERATION/identity_providers", "identity_providers"),
        (&format!("{PROVIDER}/protocols"), "protocols"),
        ("/v3/OS-FEDERATION/mappings", "mappings"),
    ] {
        let listed = administer(&place, "GET", list, &Value::Null).await.body;
        assert_eq!(listed[name].as_array().map(Vec::len), Some(1), "{listed}");
    }
    let saml = json!({"protocol": {"mapping_id": "people"}});
    assert_eq!(administer(&place, "PUT", &target.replace("oidc", "saml"), &saml).await.status, 400);
    let unknown = json!({"protocol": {"mapping_id": "nobody"}});
    assert_eq!(administer(&place, "PATCH", &target, &unknown).await.status, 404);
    let rules = json!({"mapping": {"rules": [{"local": []}]}});
    assert_eq!(administer(&place, "PATCH", MAPPING, &rules).await.status, 400);
    assert_eq!(administer(&place, "DELETE", &target, &Value::Null).await.status, 204);
    assert_eq!(administer(&place, "GET", &target, &Value::Null).await.status, 404);
    let kind = json!({"identity_provider": {"sso_type": "iam_user_sso"}});
    let other = PROVIDER.replace("corp", "other");
    assert_eq!(administer(&place, "PUT", &other, &kind).await.status, 400);
    assert_eq!(administer(&place, "PUT", &PROVIDER.replace("corp", "a%20b"), &again).await.status, 400);
}

/// The group `operators`, whose members may act for others.
async fn operators(place: &Place) {
    let group = made(place, "POST", "/v3/groups", json!({"group": {"name": "operators"}})).await;
    let id = group["group"]["id"].as_str().unwrap().to_owned().try_into().unwrap();
    let domain = place.made.domain.id.clone();
    place.store(&Assignment::new(domain, Actor::Group(id), At::Domain, AGENT_OPERATOR.role_id()));
}

fn assume(place: &Place, key: &Key, groups: &[&str]) -> Value {
    json!({
        "provider_urn": format!("iam::{}:oidcProvider:corp", place.made.domain.id),
        "agency_urn": "iam::lender:agency:night",
        "agency_session_name": "build-7",
        "id_token": key.issue("one", "EdDSA", &claims(place, "a-1", "Ada", groups)),
    })
}

async fn assumed(place: &Place, body: &Value) -> Reply {
    place.send("POST", "/v5/agencies/assume-with-oidc", &[], &body.to_string()).await
}

#[tokio::test]
async fn a_person_with_the_right_takes_on_an_agency_in_one_call() {
    let (place, key) = (place(), ed25519());
    federate(&place, &key, "EdDSA").await;
    place.lender();
    operators(&place).await;
    let reply = assumed(&place, &assume(&place, &key, &["operators"])).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    let members =
        ["source_identity", "assumed_agency", "credentials", "audience", "provider", "subject_from_id_token"];
    assert_eq!(Reply::members(&reply.body), members);
    assert_eq!(reply.body["assumed_agency"]["urn"], "sts::lender:assumed-agency:night/build-7");
    assert_eq!(reply.body["subject_from_id_token"], "a-1");
    assert_eq!((&reply.body["audience"], &reply.body["provider"]), (&json!("countersign"), &json!(ISSUER)));
    let credentials = &reply.body["credentials"];
    let text = |name: &str| credentials[name].as_str().unwrap();
    let signer = Signer::new(
        AccessKeyId::parse(text("access_key_id")).unwrap(),
        SecretKey::new(text("secret_access_key")),
    )
    .security_token(SecurityToken::new(text("security_token")));
    let identity = place.signed(&signer, "GET", "/v5/caller-identity", "").await;
    assert_eq!(identity.body["principal_urn"], "sts::lender:assumed-agency:night/build-7");
    assert_eq!(administer(&place, "DELETE", PROVIDER, &Value::Null).await.status, 204);
    assert_eq!(place.signed(&signer, "GET", "/v5/caller-identity", "").await.status, 401);
}

#[tokio::test]
async fn an_agency_is_not_taken_on_without_the_right_or_with_a_bad_request() {
    let (place, key) = (place(), ed25519());
    federate(&place, &key, "EdDSA").await;
    place.lender();
    operators(&place).await;
    let status = async |name: &str, value: Value| {
        let mut body = assume(&place, &key, &["operators"]);
        body[name] = value;
        let reply = assumed(&place, &body).await;
        assert!(reply.body.get("request_id").is_some());
        reply.status.as_u16()
    };
    assert_eq!(assumed(&place, &assume(&place, &key, &["readers"])).await.status, 403);
    assert_eq!(status("id_token", json!("a.b.c")).await, 401);
    assert_eq!(status("provider_urn", json!("iam::lender:oidcProvider:corp")).await, 401);
    assert_eq!(status("provider_urn", json!("corp")).await, 400);
    assert_eq!(status("agency_urn", json!("iam::lender:agency:day")).await, 404);
    assert_eq!(status("agency_urn", json!("night")).await, 400);
    assert_eq!(status("agency_session_name", json!("a/b")).await, 400);
    assert_eq!(status("duration_seconds", json!(899)).await, 400);
    assert_eq!(status("policy", json!("{}")).await, 400);
    assert_eq!(status("surprise", json!(1)).await, 400);
}
