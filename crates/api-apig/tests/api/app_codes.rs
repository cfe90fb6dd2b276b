//! AppCodes and AI API keys: kept secret, given back to their owner, gone with their app.

use crate::support::Api;
use serde_json::{Value, json};

async fn app(api: &Api, name: &str) -> String {
    api.call("POST", "/apps", json!({"name": name})).await.text("id")
}

async fn total(api: &Api, path: &str) -> u64 {
    api.call("GET", path, Value::Null).await.body["total"].as_u64().unwrap()
}

#[tokio::test]
async fn an_app_has_five_codes_at_most_and_each_is_read_back() {
    let api = Api::new();
    let codes = format!("/apps/{}/app-codes", app(&api, "mobile").await);
    let own = format!("+/{}", "aA0_!@#$%-/=".repeat(6));
    let created = api.call("POST", &codes, json!({"app_code": own})).await;
    assert_eq!((created.status.as_u16(), created.text("app_code")), (201, own.clone()));
    let shown = api.call("GET", &format!("{codes}/{}", created.text("id")), Value::Null).await;
    assert_eq!((shown.status.as_u16(), shown.text("app_code")), (200, own));
    for _ in 0..4 {
        let made = api.call("PUT", &codes, Value::Null).await;
        assert_eq!((made.status.as_u16(), made.text("app_code").len()), (201, 64));
    }
    assert_eq!(api.call("PUT", &codes, Value::Null).await.refusal(), (403, "APIG.3100"));
    assert_eq!(total(&api, &codes).await, 5);
    let path = format!("{codes}/{}", created.text("id"));
    assert_eq!(api.call("DELETE", &path, Value::Null).await.status, 204);
    assert_eq!(api.call("DELETE", &path, Value::Null).await.refusal(), (404, "APIG.3082"));
    assert_eq!(api.call("PUT", &codes, Value::Null).await.status, 201);
}

#[tokio::test]
async fn a_code_is_one_apps_alone_until_it_or_the_app_is_removed() {
    let api = Api::new();
    let (first, second) = (app(&api, "first").await, app(&api, "second").await);
    let body = json!({"app_code": "c".repeat(64)});
    let create = async |app: &str| api.call("POST", &format!("/apps/{app}/app-codes"), body.clone()).await;
    let created = create(&first).await;
    assert_eq!(created.status, 201);
    assert_eq!(create(&second).await.refusal(), (400, "APIG.2012"));
    let foreign = format!("/apps/{second}/app-codes/{}", created.text("id"));
    assert_eq!(api.call("GET", &foreign, Value::Null).await.refusal(), (404, "APIG.3082"));
    assert_eq!(api.call("DELETE", &foreign, Value::Null).await.refusal(), (404, "APIG.3082"));
    assert_eq!(api.call("DELETE", &format!("/apps/{first}"), Value::Null).await.status, 204);
    assert_eq!(create(&second).await.status, 201);
}

#[tokio::test]
async fn codes_and_keys_of_the_wrong_form_are_refused_and_nothing_is_kept() {
    let api = Api::new();
    let app = app(&api, "mobile").await;
    let (codes, keys) = (format!("/apps/{app}/app-codes"), format!("/apps/{app}/ai-api-keys"));
    let long = |count: usize| "a".repeat(count);
    for code in [long(63), long(181), format!("-{}", long(70)), format!("{} ", long(70)), String::new()] {
        let refusal = api.call("POST", &codes, json!({"app_code": code})).await;
        assert_eq!(refusal.refusal(), (400, "APIG.2012"), "{code}");
    }
    assert_eq!(api.call("POST", &codes, json!({})).await.refusal(), (400, "APIG.2001"));
    for (member, value) in [
        ("ai_api_key", long(7)),
        ("ai_api_key", long(129)),
        ("ai_api_key", "a b c d e f".into()),
        ("alias", "a b".into()),
        ("alias", long(101)),
    ] {
        let refusal = api.call("POST", &keys, json!({ member: value })).await;
        assert_eq!(refusal.refusal(), (400, "APIG.2012"), "{member} {value}");
    }
    assert_eq!((total(&api, &codes).await, total(&api, &keys).await), (0, 0));
}

#[tokio::test]
async fn unknown_apps_have_no_codes_and_no_keys() {
    let api = Api::new();
    let unknown = "/apps/0123456789abcdef0123456789abcdef";
    for (method, rest) in [
        ("GET", "app-codes"),
        ("PUT", "app-codes"),
        ("GET", "app-codes/x"),
        ("DELETE", "app-codes/x"),
        ("GET", "ai-api-keys"),
        ("POST", "ai-api-keys"),
        ("GET", "ai-api-keys/x"),
        ("DELETE", "ai-api-keys/x"),
        ("GET", "bound-quota"),
    ] {
        let refusal = api.call(method, &format!("{unknown}/{rest}"), Value::Null).await;
        assert_eq!(refusal.refusal(), (404, "APIG.3004"), "{method} {rest}");
    }
}

#[tokio::test]
async fn an_ai_api_key_is_given_back_and_stands_once_in_its_app() {
    let api = Api::new();
    let (first, second) = (app(&api, "first").await, app(&api, "second").await);
    let keys = format!("/apps/{first}/ai-api-keys");
    let body = json!({"ai_api_key": "+-_/=abcABC123", "alias": "my-bot_1"});
    let created = api.call("POST", &keys, body.clone()).await;
    assert_eq!(
        (created.text("ai_api_key"), created.text("alias")),
        ("+-_/=abcABC123".into(), "my-bot_1".into())
    );
    assert_eq!(api.call("POST", &keys, body.clone()).await.refusal(), (400, "APIG.2012"));
    assert_eq!(api.call("POST", &format!("/apps/{second}/ai-api-keys"), body).await.status, 201);
    let made = api.call("POST", &keys, Value::Null).await;
    assert_eq!((made.text("ai_api_key").len(), made.text("alias")), (64, String::new()));
    let path = format!("{keys}/{}", created.text("id"));
    assert_eq!(api.call("GET", &path, Value::Null).await.text("ai_api_key"), "+-_/=abcABC123");
    assert_eq!(api.call("DELETE", &path, Value::Null).await.status, 204);
    assert_eq!(api.call("GET", &path, Value::Null).await.refusal(), (404, "APIG.3082"));
    assert_eq!(total(&api, &keys).await, 1);
}
