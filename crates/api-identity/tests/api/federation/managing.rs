//! Providers, protocols, rules and configurations as administrators see them.

use super::{CONFIG, ISSUER, MAPPING, PROVIDER, administer, config, federate};
use crate::provider::ed25519;
use crate::support::{Reply, place};
use serde_json::{Value, json};

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
