//! Quotas of apps: one an app, all or none bound, gone with quota or app.

use crate::support::Api;
use serde_json::{Value, json};

fn draft(name: &str) -> Value {
    json!({"name": name, "call_limits": 100, "time_unit": "HOUR", "time_interval": 2})
}

async fn quota(api: &Api, name: &str) -> String {
    api.call("POST", "/app-quotas", draft(name)).await.text("app_quota_id")
}

async fn app(api: &Api, name: &str) -> String {
    api.call("POST", "/apps", json!({"name": name})).await.text("id")
}

async fn bind(api: &Api, quota: &str, apps: &[&str]) -> (u16, Value) {
    let reply =
        api.call("POST", &format!("/app-quotas/{quota}/binding-apps"), json!({"app_ids": apps})).await;
    (reply.status.as_u16(), reply.body)
}

async fn names(api: &Api, path: &str) -> Vec<String> {
    let list = api.call("GET", path, Value::Null).await.body;
    list["apps"].as_array().unwrap().iter().map(|app| app["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn what_is_said_about_a_quota_is_read_back_as_it_was_written() {
    let api = Api::new();
    let mut said = draft("配额_1");
    said["remark"] = "r".into();
    said["reset_time"] = "2030-01-01T00:00:00Z".into();
    let created = api.call("POST", "/app-quotas", said.clone()).await;
    let path = format!("/app-quotas/{}", created.text("app_quota_id"));
    let shown = api.call("GET", &path, Value::Null).await;
    for (member, value) in said.as_object().unwrap() {
        assert_eq!((&created.body[member], &shown.body[member]), (value, value));
    }
    let changed = api.call("PUT", &path, draft("other")).await;
    assert_eq!((changed.text("remark"), changed.text("reset_time")), ("r".into(), String::new()));
    assert_eq!(api.call("GET", "/app-quotas?name=oth", Value::Null).await.body["total"], 1);
}

#[tokio::test]
async fn absurd_values_are_refused_and_named() {
    let api = Api::new();
    for (member, value) in [
        ("name", json!("1ab")),
        ("name", json!("ab")),
        ("name", json!("a".repeat(256))),
        ("call_limits", json!(0)),
        ("call_limits", json!(2_147_483_648_u64)),
        ("time_interval", json!(-1)),
        ("time_interval", json!(i64::MAX)),
        ("time_unit", json!("WEEK")),
        ("reset_time", json!("tomorrow")),
        ("remark", json!("<b>")),
    ] {
        let mut body = draft("quota");
        body[member] = value.clone();
        let refusal = api.call("POST", "/app-quotas", body).await;
        assert_eq!(refusal.refusal(), (400, "APIG.2012"), "{member} {value}");
        assert!(refusal.text("error_msg").contains(&format!("parameterName:{member}.")), "{}", refusal.body);
    }
    assert_eq!(api.call("GET", "/app-quotas", Value::Null).await.body["total"], 0);
    let largest =
        json!({"name": "most", "call_limits": i32::MAX, "time_unit": "DAY", "time_interval": i32::MAX});
    assert_eq!(api.call("POST", "/app-quotas", largest).await.status, 201);
}

#[tokio::test]
async fn names_are_unique_and_unknown_quotas_unknown() {
    let api = Api::new();
    quota(&api, "first").await;
    let second = quota(&api, "second").await;
    assert_eq!(api.call("POST", "/app-quotas", draft("first")).await.refusal(), (400, "APIG.3325"));
    let path = format!("/app-quotas/{second}");
    assert_eq!(api.call("PUT", &path, draft("first")).await.refusal(), (400, "APIG.3325"));
    assert_eq!(api.call("PUT", &path, draft("second")).await.status, 200);
    let unknown = "/app-quotas/0123456789abcdef0123456789abcdef";
    for (method, rest, body) in [
        ("GET", "", Value::Null),
        ("PUT", "", draft("third")),
        ("DELETE", "", Value::Null),
        ("GET", "/bound-apps", Value::Null),
        ("GET", "/bindable-apps", Value::Null),
        ("POST", "/binding-apps", json!({"app_ids": ["x"]})),
        ("DELETE", "/bound-apps/x", Value::Null),
    ] {
        let refusal = api.call(method, &format!("{unknown}{rest}"), body).await;
        assert_eq!(refusal.refusal(), (404, "APIG.3093"), "{method} {rest}");
    }
}

#[tokio::test]
async fn an_app_has_one_quota_and_a_refused_binding_binds_nobody() {
    let api = Api::new();
    let (first, second) = (quota(&api, "first").await, quota(&api, "second").await);
    let (one, two) = (app(&api, "one").await, app(&api, "two").await);
    let (status, bound) = bind(&api, &first, &[&one]).await;
    assert_eq!((status, &bound["applies"][0]["app_id"]), (201, &json!(one)));
    let (_, again) = bind(&api, &first, &[&one]).await;
    assert_eq!(again["applies"][0]["app_quota_id"], json!(first));
    for apps in [&[two.as_str(), &one][..], &[&two, "0123456789abcdef0123456789abcdef"], &[]] {
        let (status, refusal) = bind(&api, &second, apps).await;
        assert!([400, 404].contains(&status), "{apps:?} {refusal}");
    }
    assert_eq!(names(&api, &format!("/app-quotas/{first}/bound-apps")).await, ["one"]);
    assert_eq!(names(&api, &format!("/app-quotas/{second}/bound-apps")).await, [""; 0]);
    assert_eq!(names(&api, &format!("/app-quotas/{second}/bindable-apps")).await, ["two"]);
    assert_eq!(names(&api, &format!("/app-quotas/{second}/bindable-apps?app_name=on")).await, [""; 0]);
    let of_app = async |app: &str| api.call("GET", &format!("/apps/{app}/bound-quota"), Value::Null).await;
    assert_eq!(of_app(&one).await.body["bound_app_num"], 1);
    assert_eq!(of_app(&two).await.text("app_quota_id"), "");
}

#[tokio::test]
async fn a_binding_ends_by_itself_with_its_quota_or_with_its_app() {
    let api = Api::new();
    let first = quota(&api, "first").await;
    let (one, two) = (app(&api, "one").await, app(&api, "two").await);
    bind(&api, &first, &[&one, &two]).await;
    let unbind = format!("/app-quotas/{first}/bound-apps/{one}");
    assert_eq!(api.call("DELETE", &unbind, Value::Null).await.status, 204);
    assert_eq!(api.call("DELETE", &unbind, Value::Null).await.refusal(), (400, "APIG.2012"));
    assert_eq!(api.call("DELETE", &format!("/apps/{two}"), Value::Null).await.status, 204);
    let path = format!("/app-quotas/{first}");
    assert_eq!(api.call("GET", &path, Value::Null).await.body["bound_app_num"], 0);
    bind(&api, &first, &[&one]).await;
    assert_eq!(api.call("DELETE", &path, Value::Null).await.status, 204);
    let second = quota(&api, "second").await;
    assert_eq!(bind(&api, &second, &[&one]).await.0, 201);
}
