//! Signature keys: their types, their bindings, and what refuses which.

use crate::support::Api;
use serde_json::{Value, json};

const UNKNOWN: &str = "0123456789abcdef0123456789abcdef";

/// A published API; its publication's id.
async fn published(api: &Api, name: &str) -> String {
    let group = api.call("POST", "/api-groups", json!({"name": format!("group_{name}")})).await.text("id");
    let definition = json!({
        "group_id": group, "name": name, "type": 1, "req_protocol": "BOTH", "req_method": "GET",
        "req_uri": "/x", "auth_type": "NONE", "backend_type": "MOCK", "mock_info": {"result_content": "x"},
    });
    let id = api.call("POST", "/apis", definition).await.text("id");
    let online = json!({"action": "online", "env_id": "DEFAULT_ENVIRONMENT_RELEASE_ID", "api_id": id});
    api.call("POST", "/apis/action", online).await.text("publish_id")
}

async fn create(api: &Api, body: Value) -> Value {
    let reply = api.call("POST", "/signs", body).await;
    assert_eq!(reply.status, 201, "{}", reply.body);
    reply.body
}

async fn bind(api: &Api, key: &Value, publications: &[&str]) -> Value {
    let body = json!({"sign_id": key["id"], "publish_ids": publications});
    let reply = api.call("POST", "/sign-bindings", body).await;
    assert_eq!(reply.status, 201, "{}", reply.body);
    reply.body
}

#[tokio::test]
async fn halves_are_made_up_when_they_are_not_given_and_kept_when_they_are() {
    let api = Api::new();
    for (body, lengths) in [
        (json!({"name": "hmac_key"}), (32, 32)),
        (json!({"name": "basic_key", "sign_type": "basic", "sign_key": ""}), (32, 32)),
        (json!({"name": "aes_128", "sign_type": "aes", "sign_algorithm": "aes-128-cfb"}), (16, 16)),
        (json!({"name": "aes_256", "sign_type": "aes", "sign_algorithm": "aes-256-cfb"}), (32, 16)),
    ] {
        let made = create(&api, body).await;
        let length = |member: &str| made[member].as_str().unwrap().len();
        assert_eq!((length("sign_key"), length("sign_secret")), lengths, "{made}");
    }
    let own =
        json!({"name": "own_key", "sign_type": "basic", "sign_key": "user", "sign_secret": "pass_word"});
    let id = create(&api, own).await["id"].as_str().unwrap().to_owned();
    let renamed = api.call("PUT", &format!("/signs/{id}"), json!({"name": "renamed"})).await.body;
    assert_eq!(
        (&renamed["name"], &renamed["sign_key"], &renamed["sign_secret"], &renamed["sign_type"]),
        (&json!("renamed"), &json!("user"), &json!("pass_word"), &json!("basic"))
    );
    let listed = api.call("GET", "/signs?name=renamed", Value::Null).await.body;
    assert_eq!((&listed["total"], &listed["signs"][0]["sign_secret"]), (&json!(1), &json!("pass_word")));
}

#[tokio::test]
async fn unacceptable_signature_keys_are_refused() {
    let api = Api::new();
    create(&api, json!({"name": "taken"})).await;
    for (body, refusal) in [
        (json!({}), (400, "APIG.2001")),
        (json!({"name": "1ab"}), (400, "APIG.2011")),
        (json!({"name": "taken"}), (400, "APIG.3207")),
        (json!({"name": "abc", "sign_type": "rsa"}), (400, "APIG.2011")),
        (json!({"name": "abc", "sign_key": "short"}), (400, "APIG.2011")),
        (json!({"name": "abc", "sign_secret": "too short"}), (400, "APIG.2011")),
        (json!({"name": "abc", "sign_type": "aes"}), (400, "APIG.2001")),
        (json!({"name": "abc", "sign_algorithm": "aes-128-cfb"}), (400, "APIG.2011")),
        (json!({"name": "abc", "sign_type": "public_key"}), (400, "APIG.2001")),
        (
            json!({"name": "abc", "sign_type": "public_key", "sign_key": "a".repeat(8), "sign_secret": "b".repeat(16)}),
            (412, "APIG.3548"),
        ),
    ] {
        let reply = api.call("POST", "/signs", body.clone()).await;
        assert_eq!(reply.refusal(), refusal, "{body}: {}", reply.body);
    }
}

#[tokio::test]
async fn a_signature_key_keeps_its_type() {
    let api = Api::new();
    let key = create(&api, json!({"name": "backend_key"})).await;
    let path = format!("/signs/{}", key["id"].as_str().unwrap());
    let same = json!({"name": "backend_key", "sign_type": "hmac", "sign_key": "another_key"});
    assert_eq!(api.call("PUT", &path, same).await.text("sign_key"), "another_key");
    for body in [
        json!({"name": "backend_key", "sign_type": "basic"}),
        json!({"name": "backend_key", "sign_algorithm": "aes-128-cfb"}),
    ] {
        assert_eq!(api.call("PUT", &path, body).await.refusal(), (400, "APIG.2011"));
    }
    let unknown = api.call("PUT", &format!("/signs/{UNKNOWN}"), json!({"name": "abc"})).await;
    assert_eq!(unknown.refusal(), (404, "APIG.3017"));
}

#[tokio::test]
async fn types_whose_signatures_nobody_publishes_are_kept_but_not_bound() {
    let api = Api::new();
    let publication = published(&api, "signed").await;
    let feature = json!({"name": "public_key", "enable": true});
    assert_eq!(api.call("POST", "/features", feature).await.status, 201);
    for body in [
        json!({"name": "encrypting", "sign_type": "aes", "sign_algorithm": "aes-128-cfb"}),
        json!({"name": "pair", "sign_type": "public_key", "sign_key": "a".repeat(8), "sign_secret": "b".repeat(16)}),
    ] {
        let key = create(&api, body).await;
        let body = json!({"sign_id": key["id"], "publish_ids": [publication]});
        let reply = api.call("POST", "/sign-bindings", body).await;
        assert_eq!(reply.refusal(), (412, "APIG.3548"));
        assert!(reply.text("error_msg").contains(key["sign_type"].as_str().unwrap()), "{}", reply.body);
    }
}

#[tokio::test]
async fn a_publication_has_one_key_and_another_one_replaces_it() {
    let api = Api::new();
    let (first, second) =
        (create(&api, json!({"name": "first"})).await, create(&api, json!({"name": "second"})).await);
    let publications = [published(&api, "one").await, published(&api, "two").await];
    bind(&api, &first, &[&publications[0], &publications[1]]).await;
    bind(&api, &second, &[&publications[0]]).await;
    let listed = |list: &'static str, key: &Value| {
        let path = format!("/sign-bindings/{list}?sign_id={}", key["id"].as_str().unwrap());
        let api = &api;
        async move { api.call("GET", &path, Value::Null).await.body }
    };
    assert_eq!(listed("binded-apis", &first).await["bindings"][0]["api_name"], "two");
    assert_eq!(listed("binded-apis", &second).await["bindings"][0]["api_name"], "one");
    let open = listed("unbinded-apis", &first).await;
    assert_eq!((&open["total"], &open["apis"][0]["signature_name"]), (&json!(1), &json!("second")));
}

#[tokio::test]
async fn a_key_goes_only_when_it_is_bound_nowhere() {
    let api = Api::new();
    let key = create(&api, json!({"name": "backend_key"})).await;
    let path = format!("/signs/{}", key["id"].as_str().unwrap());
    let bound = bind(&api, &key, &[&published(&api, "signed").await]).await;
    assert_eq!(api.call("GET", "/signs", Value::Null).await.body["signs"][0]["bind_num"], 1);
    assert_eq!(api.call("DELETE", &path, Value::Null).await.refusal(), (403, "COUNTERSIGN.0403"));
    let binding = format!("/sign-bindings/{}", bound["bindings"][0]["id"].as_str().unwrap());
    assert_eq!(api.call("DELETE", &binding, Value::Null).await.status, 204);
    assert_eq!(api.call("DELETE", &binding, Value::Null).await.refusal(), (404, "APIG.3018"));
    assert_eq!(api.call("DELETE", &path, Value::Null).await.status, 204);
    assert_eq!(api.call("DELETE", &path, Value::Null).await.refusal(), (404, "APIG.3017"));
}

#[tokio::test]
async fn bindings_name_a_key_and_publications_that_exist() {
    let api = Api::new();
    let key = create(&api, json!({"name": "backend_key"})).await;
    let publication = published(&api, "signed").await;
    for (body, refusal) in [
        (json!({"publish_ids": [publication]}), (400, "APIG.2001")),
        (json!({"sign_id": key["id"]}), (400, "APIG.2001")),
        (json!({"sign_id": key["id"], "publish_ids": []}), (400, "APIG.2012")),
        (json!({"sign_id": "a b", "publish_ids": [publication]}), (400, "APIG.2012")),
        (json!({"sign_id": UNKNOWN, "publish_ids": [publication]}), (404, "APIG.3017")),
        (json!({"sign_id": key["id"], "publish_ids": [publication, UNKNOWN]}), (404, "APIG.3015")),
    ] {
        let reply = api.call("POST", "/sign-bindings", body.clone()).await;
        assert_eq!(reply.refusal(), refusal, "{body}: {}", reply.body);
    }
    assert_eq!(api.call("GET", "/signs", Value::Null).await.body["signs"][0]["bind_num"], 0);
    for path in ["/sign-bindings/binded-apis", "/sign-bindings/unbinded-apis", "/sign-bindings/binded-signs"]
    {
        assert_eq!(api.call("GET", path, Value::Null).await.refusal(), (400, "APIG.2001"), "{path}");
    }
}

#[tokio::test]
async fn a_gateway_has_at_most_two_hundred_signature_keys() {
    let api = Api::new();
    for number in 0..200 {
        create(&api, json!({"name": format!("key_{number}")})).await;
    }
    let reply = api.call("POST", "/signs", json!({"name": "one_more"})).await;
    assert_eq!(reply.refusal(), (403, "APIG.3105"));
}
