//! Gateway responses: the default set, what is touched and untouched, and what is refused.

use crate::support::{Api, Reply};
use serde_json::{Value, json};

/// A group with its path of gateway responses.
struct Responses {
    api: Api,
    group: String,
    path: String,
}

impl Responses {
    async fn new() -> Self {
        let api = Api::new();
        let group = api.call("POST", "/api-groups", json!({"name": "group"})).await.text("id");
        let path = format!("/api-groups/{group}/gateway-responses");
        Self { api, group, path }
    }

    async fn call(&self, method: &str, rest: &str, body: Value) -> Reply {
        self.api.call(method, &format!("{}{rest}", self.path), body).await
    }

    async fn create(&self, name: &str) -> Reply {
        self.call("POST", "", json!({"name": name, "responses": {"THROTTLED": answer()}})).await
    }

    async fn list(&self, query: &str) -> Value {
        self.call("GET", query, Value::Null).await.body
    }
}

fn answer() -> Value {
    json!({"status": 430, "body": "{\"id\":\"$context.requestId\"}", "headers": [{"key": "X-A", "value": "b"}]})
}

/// Types that a set has changed.
fn touched(set: &Value) -> Vec<&str> {
    let types = set["responses"].as_object().unwrap().iter();
    types.filter(|(_, answer)| answer["default"] == false).map(|(name, _)| name.as_str()).collect()
}

#[tokio::test]
async fn every_group_has_a_default_set_with_all_23_types_untouched() {
    let responses = Responses::new().await;
    let listed = responses.list("").await;
    assert_eq!((listed["size"].as_u64(), listed["total"].as_u64()), (Some(1), Some(1)));
    let default = &listed["responses"][0];
    assert_eq!((default["name"].as_str(), default["default"].as_bool()), (Some("default"), Some(true)));
    assert_eq!(default["responses"].as_object().unwrap().len(), 23);
    assert_eq!(touched(default), [""; 0]);
    let throttled = &default["responses"]["THROTTLED"];
    let body = r#"{"error_code":"$context.error.code","error_msg":"$context.error.message","request_id":"$context.requestId"}"#;
    assert_eq!(throttled, &json!({"status": 429, "body": body, "headers": [], "default": true}));
    let id = default["id"].as_str().unwrap();
    assert_eq!(&responses.call("GET", &format!("/{id}"), Value::Null).await.body, default);
}

#[tokio::test]
async fn the_default_set_can_be_changed_but_neither_removed_nor_renamed() {
    let responses = Responses::new().await;
    let id = responses.list("").await["responses"][0]["id"].as_str().unwrap().to_owned();
    let at = format!("/{id}");
    assert_eq!(responses.call("DELETE", &at, Value::Null).await.refusal(), (409, "APIG.3491"));
    let renamed = json!({"name": "other", "responses": {}});
    assert_eq!(responses.call("PUT", &at, renamed).await.refusal(), (409, "APIG.3492"));
    let changed = json!({"name": "default", "responses": {"NOT_FOUND": answer()}});
    let reply = responses.call("PUT", &at, changed).await;
    assert_eq!((reply.text("id"), reply.body["default"].as_bool()), (id, Some(true)));
    assert_eq!(touched(&reply.body), ["NOT_FOUND"]);
    assert_eq!(responses.list("").await["total"], 1);
    assert_eq!(responses.call("DELETE", &at, Value::Null).await.refusal(), (409, "APIG.3491"));
}

#[tokio::test]
async fn a_set_reads_back_as_written_and_updating_replaces_it_whole() {
    let responses = Responses::new().await;
    let created = responses.create("own").await;
    assert_eq!((created.status.as_u16(), created.body["default"].as_bool()), (201, Some(false)));
    let mut expected = answer();
    expected["default"] = json!(false);
    assert_eq!(created.body["responses"]["THROTTLED"], expected);
    assert_eq!(touched(&created.body), ["THROTTLED"]);
    let at = format!("/{}", created.text("id"));
    let other = json!({"name": "own2", "responses": {"NOT_FOUND": {"body": "{}"}}});
    let updated = responses.call("PUT", &at, other).await;
    assert_eq!((touched(&updated.body), updated.text("name")), (vec!["NOT_FOUND"], "own2".to_owned()));
    let not_found = json!({"status": 404, "body": "{}", "headers": [], "default": false});
    assert_eq!(updated.body["responses"]["NOT_FOUND"], not_found);
    let renamed = responses.call("PUT", &at, json!({"name": "own3"})).await;
    assert_eq!(touched(&renamed.body), [""; 0]);
}

#[tokio::test]
async fn removing_a_type_restores_its_default() {
    let responses = Responses::new().await;
    let id = responses.create("own").await.text("id");
    let at = format!("/{id}/THROTTLED");
    assert_eq!(responses.call("GET", &at, Value::Null).await.body["THROTTLED"]["status"], 430);
    let reply = responses.call("PUT", &at, json!({"body": "x"})).await;
    assert_eq!(
        reply.body,
        json!({"THROTTLED": {"status": 429, "body": "x", "headers": [], "default": false}})
    );
    assert_eq!(responses.call("DELETE", &at, Value::Null).await.status.as_u16(), 204);
    assert_eq!(responses.call("GET", &at, Value::Null).await.body["THROTTLED"]["default"], true);
    assert_eq!(responses.call("DELETE", &at, Value::Null).await.status.as_u16(), 204);
}

#[tokio::test]
async fn a_group_has_at_most_four_sets_of_its_own_with_different_names() {
    let responses = Responses::new().await;
    for name in ["one", "two", "three", "four"] {
        assert_eq!(responses.create(name).await.status.as_u16(), 201, "{name}");
    }
    assert_eq!(responses.create("five").await.refusal(), (403, "APIG.3136"));
    let page = responses.list("?offset=3&limit=5").await;
    assert_eq!((page["size"].as_u64(), page["total"].as_u64()), (Some(2), Some(5)));
    assert_eq!(page["responses"][0]["name"], "three");
    assert_eq!(responses.list("?offset=5").await["responses"], json!([]));
    let four = format!("/{}", page["responses"][1]["id"].as_str().unwrap());
    for taken in ["one", "default"] {
        let body = json!({"name": taken});
        assert_eq!(responses.call("PUT", &four, body).await.refusal(), (400, "APIG.3216"), "{taken}");
    }
    assert_eq!(responses.call("DELETE", &four, Value::Null).await.status.as_u16(), 204);
    assert_eq!(responses.create("one").await.refusal(), (400, "APIG.3216"));
    assert_eq!(responses.create("default").await.refusal(), (400, "APIG.3216"));
}

#[tokio::test]
async fn what_cannot_be_rendered_is_refused_and_nothing_is_stored() {
    let responses = Responses::new().await;
    let with = |member: &str, value: Value| {
        let mut bad = answer();
        bad[member] = value;
        json!({"name": "bad", "responses": {"NOT_FOUND": answer(), "THROTTLED": bad}})
    };
    let header = |key: &str, value: &str| with("headers", json!([{"key": key, "value": value}]));
    let many: Vec<_> = (0..11).map(|n| json!({"key": format!("X-{n}"), "value": "x"})).collect();
    for (body, code) in [
        (with("status", json!(199)), "APIG.2011"),
        (with("status", json!(444)), "APIG.2011"),
        (with("status", json!(600)), "APIG.2011"),
        (with("status", json!(-1)), "APIG.2011"),
        (with("status", json!("404")), "APIG.2000"),
        (with("body", Value::Null), "APIG.2001"),
        (with("body", json!("$context.unknown")), "APIG.2011"),
        (with("body", json!("{\"a\":\"$context\"}")), "APIG.2011"),
        (with("body", json!("x".repeat(64 * 1024 + 1))), "APIG.2011"),
        (with("headers", json!(many)), "APIG.2011"),
        (header("", "x"), "APIG.2011"),
        (header("X-A", ""), "APIG.2011"),
        (header("X-A", "a\r\nSet-Cookie: b"), "APIG.2011"),
        (header("X-A", "[[x]]"), "APIG.2011"),
        (header("Content-Length", "0"), "APIG.2011"),
        (header("Transfer-Encoding", "chunked"), "APIG.2011"),
        (header("X-Request-Id", "x"), "APIG.2011"),
        (with("headers", json!([{"key": "X-A"}])), "APIG.2001"),
        (json!({"name": "bad", "responses": {"NONSENSE": answer()}}), "APIG.2011"),
        (json!({"name": "bad", "responses": {"THROTTLED": {"body": "", "extra": 1}}}), "APIG.2000"),
        (json!({"name": "a b"}), "APIG.2011"),
        (json!({"name": ""}), "APIG.2011"),
        (json!({"name": "x".repeat(65)}), "APIG.2011"),
        (json!({}), "APIG.2001"),
    ] {
        assert_eq!(responses.call("POST", "", body.clone()).await.refusal(), (400, code), "{body}");
    }
    assert_eq!(responses.list("").await["total"], 1);
    let id = responses.create("good").await.text("id");
    let unknown = responses.call("PUT", &format!("/{id}/NONSENSE"), answer()).await;
    assert_eq!(unknown.refusal(), (400, "APIG.2012"));
}

#[tokio::test]
async fn unknown_groups_and_sets_do_not_exist() {
    let responses = Responses::new().await;
    let foreign = responses.api.call("POST", "/api-groups", json!({"name": "foreign"})).await.text("id");
    for (method, rest, body) in [
        ("GET", "/missing", Value::Null),
        ("PUT", "/missing", json!({"name": "x"})),
        ("DELETE", "/missing", Value::Null),
        ("GET", "/missing/THROTTLED", Value::Null),
        ("PUT", "/missing/THROTTLED", answer()),
        ("DELETE", "/missing/THROTTLED", Value::Null),
        ("GET", &format!("/{foreign}"), Value::Null),
    ] {
        let reply = responses.call(method, rest, body).await;
        assert_eq!(reply.refusal(), (404, "COUNTERSIGN.0404"), "{method} {rest}");
    }
    let nowhere = responses.api.call("GET", "/api-groups/missing/gateway-responses", Value::Null).await;
    assert_eq!(nowhere.refusal(), (404, "APIG.3001"));
}

#[tokio::test]
async fn an_api_chooses_a_set_of_its_own_group_and_forgets_one_that_is_removed() {
    let responses = Responses::new().await;
    let id = responses.create("own").await.text("id");
    let api = |group: &str, response: &str| {
        json!({
            "group_id": group, "name": "chooses", "type": 1, "req_method": "GET", "req_uri": "/x",
            "auth_type": "NONE", "backend_type": "MOCK", "mock_info": {"result_content": ""},
            "response_id": response,
        })
    };
    let call = async |method: &str, path: &str, body: Value| responses.api.call(method, path, body).await;
    let created = call("POST", "/apis", api(&responses.group, &id)).await;
    assert_eq!(created.text("response_id"), id);
    let unknown = call("POST", "/apis", api(&responses.group, "missing")).await;
    assert_eq!(unknown.refusal(), (404, "COUNTERSIGN.0404"));
    let foreign = call("POST", "/api-groups", json!({"name": "foreign"})).await.text("id");
    assert_eq!(call("POST", "/apis", api(&foreign, &id)).await.refusal(), (404, "COUNTERSIGN.0404"));
    responses.call("DELETE", &format!("/{id}"), Value::Null).await;
    let shown = call("GET", &format!("/apis/{}", created.text("id")), Value::Null).await;
    assert_eq!(shown.body.get("response_id"), None);
}
