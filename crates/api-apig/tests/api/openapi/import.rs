//! What an import takes, refuses and leaves alone.

use super::{BOUNDARY, Form, TWO_GOOD_AND_THREE_BAD, into, methods};
use crate::support::Api;
use serde_json::{Value, json};

#[tokio::test]
async fn what_is_wrong_is_reported_with_its_place_and_everything_else_is_there() {
    let api = Api::new();
    let reply = api.import("/openapi/import", &Form::new(TWO_GOOD_AND_THREE_BAD)).await;
    assert_eq!(reply.status.as_u16(), 200, "{}", reply.body);
    assert_eq!(methods(&reply.body["success"]), [("GET", "/a"), ("GET", "/b")]);
    let failures = reply.body["failure"].as_array().unwrap();
    let told: Vec<_> = failures
        .iter()
        .map(|one| (one["method"].as_str().unwrap(), one["error_code"].as_str().unwrap()))
        .collect();
    assert_eq!(told, [("PUT", "APIG.3202"), ("POST", "APIG.2001"), ("DELETE", "APIG.3602")]);
    assert!(
        failures[2]["error_msg"].as_str().unwrap().contains("x-apigateway-backend.type"),
        "{}",
        failures[2]
    );
    let group = api.call("GET", &format!("/api-groups/{}", reply.text("group_id")), Value::Null).await;
    assert_eq!((group.text("name"), group.text("remark")), ("imported".to_owned(), "many".to_owned()));
    for taken in reply.body["success"].as_array().unwrap() {
        let shown = api.call("GET", &format!("/apis/{}", taken["id"].as_str().unwrap()), Value::Null).await;
        assert_eq!(shown.body["req_uri"], taken["path"]);
    }
    let again = api.import("/openapi/import", &Form::new(TWO_GOOD_AND_THREE_BAD)).await;
    assert_eq!(again.refusal(), (400, "APIG.3201"));
}

#[tokio::test]
async fn apis_that_are_there_stay_or_are_replaced_as_the_mode_says() {
    let api = Api::new();
    let group = api.group("orders").await;
    let document = |body: &str| {
        format!(
            "{{swagger: '2.0', info: {{title: t}}, paths: {{/a: {{get: {{operationId: abc, \
             x-apigateway-backend: {{type: MOCK, mockEndpoints: {{result-content: {body}}}}}}}}}}}}}"
        )
    };
    let created = api.import("/openapi/import", &into(&group, &document("one"))).await;
    let id = created.body["success"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(created.body["success"][0]["action"], "create");
    let content = async || {
        api.call("GET", &format!("/apis/{id}"), Value::Null).await.body["mock_info"]["result_content"].clone()
    };
    let kept = api.import("/openapi/import", &into(&group, &document("two"))).await;
    assert_eq!(
        (methods(&kept.body["ignore"]), kept.body["success"].clone()),
        (vec![("GET", "/a")], json!([]))
    );
    assert_eq!(content().await, "one");
    let form = into(&group, &document("two")).with("api_mode", "override");
    let replaced = api.import("/openapi/import", &form).await;
    assert_eq!(
        replaced.body["success"],
        json!([{"path": "/a", "method": "GET", "action": "update", "id": id}])
    );
    assert_eq!(content().await, "two");
}

#[tokio::test]
async fn a_form_that_is_none_or_says_too_much_is_refused_and_changes_nothing() {
    let api = Api::new();
    let before = api.revision();
    let document = "{swagger: '2.0', info: {title: imported}, paths: {}}";
    for (form, refusal) in [
        (Form::new(""), (400, "APIG.3609")),
        (Form::new("{"), (400, "APIG.3600")),
        (Form::new("{swagger: '3.0'}"), (400, "APIG.3601")),
        (Form::new("{swagger: '2.0', info: {title: t}, paths: {}, unknown: 1}"), (400, "APIG.3602")),
        (Form::new(&"x".repeat(10_000_000)), (400, "APIG.3603")),
        (Form::new(&"x".repeat(17_000_000)), (413, "COUNTERSIGN.0413")),
        (Form::new(document).with("is_create_group", "false"), (400, "APIG.2001")),
        (into("0123456789abcdef0123456789abcdef", document), (404, "APIG.3001")),
        (Form::new(document).with("is_create_group", "perhaps"), (400, "APIG.2012")),
        (Form::new(document).with("api_mode", "append"), (400, "APIG.2012")),
        (Form::new(document).with("extend_mode", "append"), (400, "APIG.2012")),
        (Form::new(document).with("color", "red"), (400, "APIG.2000")),
    ] {
        let reply = api.import("/openapi/import", &form).await;
        assert_eq!(reply.refusal(), refusal, "{:?} {}", form.fields, reply.body);
    }
    let json = api.call("POST", "/openapi/import", json!({"file_name": "x"})).await;
    assert_eq!(json.refusal(), (400, "APIG.2000"));
    let torn = api
        .post("/openapi/import", &format!("multipart/form-data; boundary={BOUNDARY}"), b"--a-bound".to_vec())
        .await;
    assert_eq!(torn.refusal(), (400, "APIG.2000"));
    assert_eq!(api.revision(), before);
}

#[tokio::test]
async fn only_imports_may_be_larger_than_other_bodies() {
    let api = Api::new();
    let body = json!({"name": "x".repeat(5_000_000)}).to_string();
    assert_eq!(api.call_raw("POST", &api.path("/envs"), body).await.refusal(), (413, "COUNTERSIGN.0413"));
    let document = format!(
        "{{swagger: '2.0', info: {{title: large}}, paths: {{}}, definitions: {{a: {}}}}}",
        "x".repeat(5_000_000)
    );
    assert_eq!(api.import("/openapi/import", &Form::new(&document)).await.status.as_u16(), 200);
}

#[tokio::test]
async fn too_many_apis_are_refused_as_a_whole() {
    let api = Api::new();
    let paths: String = (0..301).map(|n| format!("/a{n}: {{get: {{operationId: a{n}}}}}, ")).collect();
    let document = format!("{{swagger: '2.0', info: {{title: many}}, paths: {{{paths}}}}}");
    let reply = api.import("/openapi/import", &Form::new(&document).with("mock_mode", "true")).await;
    assert_eq!(reply.refusal(), (403, "APIG.3127"));
    let groups = api.call("GET", "/api-groups?name=many", Value::Null).await;
    assert_eq!(groups.body["total"], 0);
}
