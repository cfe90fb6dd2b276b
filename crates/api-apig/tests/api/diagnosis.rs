//! Diagnosis of refused signatures: switched for an API or an app, and read by request id.

use crate::support::refusals::REQUEST_ID;
use crate::support::{Api, Reply};
use serde_json::{Value, json};

async fn app(api: &Api) -> String {
    api.call("POST", "/apps", json!({"name": "caller"})).await.text("id")
}

async fn switch(api: &Api, app: &str, body: Value) -> Reply {
    api.call("PUT", &format!("/apps/{app}/diagnosis"), body).await
}

#[tokio::test]
async fn it_is_off_until_it_is_switched_on_and_stays_as_it_was_switched() {
    let api = Api::new();
    let app = app(&api).await;
    let path = format!("/apps/{app}/diagnosis");
    assert_eq!(api.call("GET", &path, Value::Null).await.body, json!({"enabled": false}));
    assert_eq!(switch(&api, &app, json!({"enabled": true})).await.body, json!({"enabled": true}));
    let renamed = json!({"name": "renamed", "remark": ""});
    assert_eq!(api.call("PUT", &format!("/apps/{app}"), renamed).await.refusal().0, 200);
    assert_eq!(api.call("GET", &path, Value::Null).await.body, json!({"enabled": true}));
    assert_eq!(switch(&api, &app, json!({"enabled": false})).await.body, json!({"enabled": false}));
}

#[tokio::test]
async fn bad_switches_and_unknown_objects_are_refused() {
    let api = Api::new();
    let app = app(&api).await;
    assert_eq!(switch(&api, &app, json!({})).await.refusal(), (400, "APIG.2001"));
    assert_eq!(switch(&api, &app, json!({"enabled": "yes"})).await.refusal(), (400, "APIG.2000"));
    assert_eq!(switch(&api, &app, json!({"enabled": true, "more": 1})).await.refusal(), (400, "APIG.2000"));
    assert_eq!(switch(&api, "unknown", json!({"enabled": true})).await.refusal(), (404, "APIG.3004"));
    let reply = api.call("GET", "/apis/unknown/diagnosis", Value::Null).await;
    assert_eq!(reply.refusal(), (404, "APIG.3002"));
}

#[tokio::test]
async fn a_diagnosed_refusal_is_found_by_its_request_id() {
    let api = Api::new();
    let reply = api.call("GET", &format!("/diagnosis/{REQUEST_ID}"), Value::Null).await;
    assert_eq!((reply.text("code"), reply.text("access_key")), ("query-unsorted".into(), "key".into()));
    assert_eq!(reply.body["mistakes"][0]["remedy"], "remedy");
    let reply = api.call("GET", "/diagnosis/another", Value::Null).await;
    assert_eq!(reply.refusal(), (404, "COUNTERSIGN.0404"));
}
