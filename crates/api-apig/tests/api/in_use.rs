//! What resources are to each other: authorizations, reference checks, variables that serve.

use crate::support::Api;
use serde_json::{Value, json};

/// The group, an API in it with this authentication, and an app.
async fn group_api_app(api: &Api, auth: &str) -> (String, String, String) {
    let group = api.call("POST", "/api-groups", json!({"name": format!("group_{auth}")})).await.text("id");
    let definition = json!({
        "group_id": group, "name": "orders", "type": 1, "req_protocol": "BOTH", "req_method": "GET",
        "req_uri": "/orders", "auth_type": auth, "backend_type": "HTTP",
        "backend_api": {
            "url_domain": "#host#", "req_protocol": "HTTP", "req_method": "GET", "req_uri": "/", "timeout": 5000,
            "vpc_channel_status": 2
        },
    });
    let id = api.call("POST", "/apis", definition).await.text("id");
    let app = api.call("POST", "/apps", json!({"name": format!("app_{auth}")})).await.text("id");
    (group, id, app)
}

/// Defines the variable of the definition above and publishes.
async fn publish(api: &Api, group: &str, id: &str, env: &str) -> String {
    let variable =
        json!({"group_id": group, "env_id": env, "variable_name": "host", "variable_value": "a.b:80"});
    let variable = api.call("POST", "/env-variables", variable).await.text("id");
    let online = json!({"action": "online", "env_id": env, "api_id": id});
    assert_eq!(api.call("POST", "/apis/action", online).await.status, 201);
    variable
}

#[tokio::test]
async fn authorizing_is_granted_once_and_only_for_apis_that_authenticate_apps() {
    let api = Api::new();
    let (_, id, app) = group_api_app(&api, "APP").await;
    let (_, iam, _) = group_api_app(&api, "IAM").await;
    let body = json!({"env_id": "DEFAULT_ENVIRONMENT_RELEASE_ID", "app_ids": [app], "api_ids": [id, iam]});
    let statuses = |reply: &Value| {
        let auths = reply["auths"].as_array().unwrap();
        auths
            .iter()
            .map(|auth| auth["auth_result"]["status"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let first = api.call("POST", "/app-auths", body.clone()).await.body;
    assert_eq!(statuses(&first), ["SUCCESS", "FAILED"]);
    assert_eq!(first["auths"][1]["auth_result"]["error_code"], "APIG.2000");
    let second = api.call("POST", "/app-auths", body).await.body;
    assert_eq!(statuses(&second), ["SKIPPED", "FAILED"]);
    assert_eq!(first["auths"][0]["id"], second["auths"][0]["id"]);
}

#[tokio::test]
async fn an_unknown_app_or_api_authorizes_nobody() {
    let api = Api::new();
    let (_, id, app) = group_api_app(&api, "APP").await;
    let unknown = "0123456789abcdef0123456789abcdef";
    let body = |apps: Value, apis: Value| json!({"env_id": "DEFAULT_ENVIRONMENT_RELEASE_ID", "app_ids": apps, "api_ids": apis});
    let refusal = api.call("POST", "/app-auths", body(json!([app, unknown]), json!([id]))).await;
    assert_eq!(refusal.refusal(), (404, "APIG.3004"));
    let refusal = api.call("POST", "/app-auths", body(json!([app]), json!([id, unknown]))).await;
    assert_eq!(refusal.refusal(), (404, "APIG.3002"));
    assert_eq!(
        api.call("POST", "/app-auths", body(json!([]), json!([id]))).await.refusal(),
        (400, "APIG.2011")
    );
    let left = api.call("GET", &format!("/app-auths/binded-apis?app_id={app}"), Value::Null).await;
    assert_eq!(left.body["total"], 0);
}

#[tokio::test]
async fn authorizations_are_listed_from_both_sides_and_go_with_app_or_api() {
    let api = Api::new();
    let (_, id, app) = group_api_app(&api, "APP").await;
    let body = json!({"env_id": "DEFAULT_ENVIRONMENT_RELEASE_ID", "app_ids": [app], "api_ids": [id]});
    api.call("POST", "/app-auths", body).await;
    let total = |path: String| {
        let api = &api;
        async move { api.call("GET", &path, Value::Null).await.body["total"].as_u64().unwrap() }
    };
    let of_app = format!("/app-auths/binded-apis?app_id={app}");
    let of_api = format!("/app-auths/binded-apps?api_id={id}");
    let not_of_app = format!("/app-auths/unbinded-apis?app_id={app}&env_id=DEFAULT_ENVIRONMENT_RELEASE_ID");
    assert_eq!(total(of_app.clone()).await, 1);
    assert_eq!(total(format!("{of_app}&api_name=order&group_name=group")).await, 1);
    assert_eq!(total(format!("{of_app}&group_name=other")).await, 0);
    assert_eq!(total(of_api.clone()).await, 1);
    assert_eq!(total(format!("{of_api}&env_id=other")).await, 0);
    assert_eq!(total(not_of_app).await, 0);
    assert_eq!(api.call("GET", "/apps", Value::Null).await.body["apps"][0]["bind_num"], 1);
    assert_eq!(api.call("DELETE", &format!("/apps/{app}"), Value::Null).await.status, 204);
    assert_eq!(total(of_api).await, 0);
    assert_eq!(api.call("DELETE", &format!("/apis/{id}"), Value::Null).await.status, 204);
}

#[tokio::test]
async fn what_is_in_use_is_not_removed() {
    let api = Api::new();
    let (group, id, _) = group_api_app(&api, "APP").await;
    let env = api.call("POST", "/envs", json!({"name": "test"})).await.text("id");
    publish(&api, &group, &id, &env).await;
    let group = format!("/api-groups/{group}");
    let env = format!("/envs/{env}");
    assert_eq!(api.call("DELETE", &group, Value::Null).await.refusal(), (403, "APIG.3415"));
    assert_eq!(api.call("DELETE", &env, Value::Null).await.refusal(), (403, "APIG.3418"));
    let offline = json!({"action": "offline", "env_id": env.trim_start_matches("/envs/"), "api_id": id});
    api.call("POST", "/apis/action", offline).await;
    assert_eq!(api.call("DELETE", &env, Value::Null).await.status, 204);
    assert_eq!(api.call("DELETE", &format!("/apis/{id}"), Value::Null).await.status, 204);
    assert_eq!(api.call("DELETE", &group, Value::Null).await.status, 204);
}

#[tokio::test]
async fn a_changed_variable_reaches_what_is_published() {
    let api = Api::new();
    let env = "DEFAULT_ENVIRONMENT_RELEASE_ID";
    let (group, id, _) = group_api_app(&api, "APP").await;
    let variable = publish(&api, &group, &id, env).await;
    let address = || async {
        let history = api.call("GET", &format!("/apis/publish/{id}?env_id={env}"), Value::Null).await.body;
        let versions = history["api_versions"].as_array().unwrap();
        let effective = versions.iter().find(|version| version["status"] == 1).unwrap();
        let path = format!("/apis/versions/{}", effective["version_id"].as_str().unwrap());
        let version = api.call("GET", &path, Value::Null).await.body;
        version["backend_api"]["url_domain"].as_str().unwrap().to_owned()
    };
    assert_eq!(address().await, "a.b:80");
    let path = format!("/env-variables/{variable}");
    assert_eq!(api.call("PUT", &path, json!({"variable_value": "c.d:81"})).await.status, 200);
    assert_eq!(address().await, "c.d:81");
}
