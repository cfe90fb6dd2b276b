//! Custom authorizers over HTTP.

use crate::support::{Api, FUNCTION, Reply};
use serde_json::{Value, json};

fn body(changes: &Value) -> Value {
    let mut body = json!({
        "name": "guard", "type": "FRONTEND", "authorizer_type": "FUNC", "authorizer_uri": FUNCTION
    });
    for (name, value) in changes.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

async fn create(api: &Api, changes: Value) -> Reply {
    api.call("POST", "/authorizers", body(&changes)).await
}

#[tokio::test]
async fn what_was_said_about_an_authorizer_reads_back() {
    let api = Api::new();
    let said = json!({
        "network_type": "V2", "authorizer_version": "v1", "authorizer_alias_uri": format!("{FUNCTION}:!live"),
        "identities": [
            {"name": "X-Token", "location": "HEADER", "validation": "[a-z]+"},
            {"name": "who", "location": "QUERY"}
        ],
        "ttl": 3600, "user_data": "data", "need_body": true, "ld_api_id": "ignored"
    });
    let id = create(&api, said.clone()).await.text("id");
    let shown = api.call("GET", &format!("/authorizers/{id}"), Value::Null).await.body;
    for member in
        ["network_type", "authorizer_version", "authorizer_alias_uri", "ttl", "user_data", "need_body"]
    {
        assert_eq!(shown[member], said[member], "{member}");
    }
    assert_eq!(shown["identities"][0], said["identities"][0]);
    assert_eq!(shown["identities"][1], json!({"name": "who", "location": "QUERY", "validation": ""}));
    let least = body(&json!({}));
    let replaced = api.call("PUT", &format!("/authorizers/{id}"), least).await.body;
    assert_eq!(
        (&replaced["network_type"], &replaced["identities"], &replaced["ttl"], &replaced["need_body"]),
        (&json!("V1"), &json!([]), &json!(0), &json!(false)),
        "what is absent from an update has its default"
    );
}

#[tokio::test]
async fn refusals_have_the_published_codes() {
    let api = Api::new();
    create(&api, json!({})).await.text("id");
    for (changes, refusal) in [
        (json!({}), (400, "APIG.3211")),
        (json!({"name": null}), (400, "APIG.2001")),
        (json!({"name": "other", "type": "SIDEWAYS"}), (400, "APIG.2011")),
        (json!({"name": "other", "authorizer_type": "LAMBDA"}), (400, "APIG.2011")),
        (json!({"name": "other", "network_type": "V3"}), (400, "APIG.2011")),
        (json!({"name": "other", "ttl": -1}), (400, "APIG.2011")),
        (json!({"name": "other", "ttl": 60}), (400, "APIG.2011")),
        (json!({"name": "other", "ttl": "60"}), (400, "APIG.2000")),
        (json!({"name": "other", "identities": [{"name": "a", "location": "COOKIE"}]}), (400, "APIG.2011")),
        (json!({"name": "other", "identities": [{"location": "QUERY"}]}), (400, "APIG.2001")),
        (json!({"name": "other", "authorizer_uri": "urn:fss:other"}), (404, "APIG.3019")),
        (json!({"name": "other", "unknown": 1}), (400, "APIG.2000")),
    ] {
        assert_eq!(create(&api, changes.clone()).await.refusal(), refusal, "{changes}");
    }
    for method in ["GET", "PUT", "DELETE"] {
        let body = if method == "PUT" { body(&json!({})) } else { Value::Null };
        assert_eq!(api.call(method, "/authorizers/missing", body).await.refusal(), (404, "APIG.3081"));
    }
}

#[tokio::test]
async fn an_authorizer_that_an_api_uses_cannot_be_removed() {
    let api = Api::new();
    let id = create(&api, json!({})).await.text("id");
    let group = api.call("POST", "/api-groups", json!({"name": "group"})).await.text("id");
    let definition = json!({
        "group_id": group, "name": "api", "type": 1, "req_protocol": "BOTH", "req_method": "GET",
        "req_uri": "/a", "auth_type": "AUTHORIZER", "authorizer_id": id, "backend_type": "MOCK",
        "mock_info": {"result_content": "hello"}
    });
    let created = api.call("POST", "/apis", definition).await;
    assert_eq!((created.status.as_u16(), created.text("authorizer_id")), (201, id.clone()));
    let removed = api.call("DELETE", &format!("/authorizers/{id}"), Value::Null).await;
    assert_eq!(removed.refusal(), (403, "COUNTERSIGN.0403"));
    let published = json!({
        "action": "online", "env_id": "DEFAULT_ENVIRONMENT_RELEASE_ID", "api_id": created.text("id")
    });
    assert_eq!(api.call("POST", "/apis/action", published).await.status.as_u16(), 201);
}

#[tokio::test]
async fn lists_filter_by_id_name_and_type() {
    let api = Api::new();
    let front = create(&api, json!({})).await.text("id");
    create(&api, json!({"name": "backstop", "type": "BACKEND"})).await.text("id");
    for (query, total) in [
        ("", 2),
        ("?type=FRONTEND", 1),
        ("?name=ar", 1),
        ("?name=a", 2),
        ("?name=guar&precise_search=name", 0),
        (&format!("?id={front}"), 1),
        ("?limit=1&offset=5", 2),
    ] {
        let page = api.call("GET", &format!("/authorizers{query}"), Value::Null).await;
        assert_eq!(page.body["total"], total, "{query}");
    }
    let odd = api.call("GET", "/authorizers?type=x", Value::Null).await;
    assert_eq!(odd.refusal(), (400, "APIG.2011"));
}
