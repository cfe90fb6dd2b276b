//! Request throttling policies.

use crate::support::{Api, Reply};
use serde_json::{Value, json};

const RELEASE: &str = "DEFAULT_ENVIRONMENT_RELEASE_ID";

fn policy(name: &str) -> Value {
    json!({"name": name, "api_call_limits": 100, "time_interval": 1, "time_unit": "MINUTE"})
}

/// The policy with other members.
fn with(members: Value) -> Value {
    let Value::Object(members) = members else { panic!("{members}") };
    let mut policy = policy("calm");
    policy.as_object_mut().unwrap().extend(members);
    policy
}

async fn create(api: &Api, body: Value) -> String {
    api.call("POST", "/throttles", body).await.text("id")
}

async fn published(api: &Api, name: &str) -> Reply {
    let group = api.call("POST", "/api-groups", json!({"name": name})).await.text("id");
    let definition = json!({
        "group_id": group, "name": name, "type": 1, "req_protocol": "BOTH", "req_method": "GET", "req_uri": "/x",
        "match_mode": "NORMAL", "auth_type": "NONE", "backend_type": "MOCK", "mock_info": {"result_content": "ok"},
    });
    let id = api.call("POST", "/apis", definition).await.text("id");
    api.call("POST", "/apis/action", json!({"action": "online", "env_id": RELEASE, "api_id": id})).await
}

#[tokio::test]
async fn limits_that_contradict_each_other_are_refused_by_name() {
    let api = Api::new();
    for (members, parameter) in [
        (json!({"user_call_limits": 101}), "user_call_limits"),
        (json!({"app_call_limits": 101}), "app_call_limits"),
        (json!({"user_call_limits": 50, "app_call_limits": 51}), "app_call_limits"),
        (json!({"ip_call_limits": 101}), "ip_call_limits"),
        (json!({"api_call_limits": 0}), "api_call_limits"),
        (json!({"api_call_limits": 2_147_483_648_u64}), "api_call_limits"),
        (json!({"api_call_limits": 12_001}), "api_call_limits"),
        (json!({"app_call_limits": -1}), "app_call_limits"),
        (json!({"time_interval": 0}), "time_interval"),
        (json!({"time_unit": "WEEK"}), "time_unit"),
        (json!({"type": 3}), "type"),
        (json!({"name": "no spaces"}), "name"),
        (json!({"remark": "<"}), "remark"),
    ] {
        let refused = api.call("POST", "/throttles", with(members)).await;
        assert_eq!(refused.refusal(), (400, "APIG.2011"), "{}", refused.body);
        assert!(
            refused.text("error_msg").contains(&format!("parameterName:{parameter}.")),
            "{}",
            refused.body
        );
    }
    let total = api.call("GET", "/throttles", Value::Null).await;
    assert_eq!(total.body["total"], 0);
}

#[tokio::test]
async fn the_feature_bounds_the_limit_of_the_api_by_the_second() {
    let api = Api::new();
    let raised = json!({"name": "ratelimit", "enable": true, "config": "{\"api_limits\": 300}"});
    api.call("POST", "/features", raised).await;
    let limit = |calls| with(json!({"api_call_limits": calls, "time_interval": 2, "time_unit": "SECOND"}));
    assert_eq!(api.call("POST", "/throttles", limit(601)).await.refusal(), (400, "APIG.2011"));
    assert_eq!(api.call("POST", "/throttles", limit(600)).await.status, 201);
}

#[tokio::test]
async fn every_value_is_read_back_as_it_was_written_and_zero_is_no_limit() {
    let api = Api::new();
    let all = with(json!({
        "remark": "r", "type": 2, "user_call_limits": 50, "app_call_limits": 20, "ip_call_limits": 30,
        "enable_adaptive_control": "FALSE",
    }));
    let id = create(&api, all.clone()).await;
    let shown = api.call("GET", &format!("/throttles/{id}"), Value::Null).await.body;
    for (member, value) in all.as_object().unwrap() {
        assert_eq!(&shown[member], value, "{member}");
    }
    let path = format!("/throttles/{id}");
    let changed = api.call("PUT", &path, with(json!({"user_call_limits": 0, "name": "calmer"}))).await.body;
    assert_eq!((&changed["user_call_limits"], &changed["app_call_limits"]), (&json!(0), &json!(0)));
    assert_eq!(
        (&changed["name"], &changed["remark"], &changed["type"]),
        (&json!("calmer"), &json!("r"), &json!(1))
    );
}

#[tokio::test]
async fn names_are_unique_and_found_by_part_or_as_a_whole() {
    let api = Api::new();
    create(&api, policy("calm")).await;
    let other = create(&api, policy("calmer")).await;
    assert_eq!(api.call("POST", "/throttles", policy("calm")).await.refusal(), (400, "APIG.3204"));
    let path = format!("/throttles/{other}");
    assert_eq!(api.call("PUT", &path, policy("calm")).await.refusal(), (400, "APIG.3204"));
    let found = |query: &'static str| api.call("GET", query, Value::Null);
    assert_eq!(found("/throttles?name=alm").await.body["total"], 2);
    assert_eq!(found("/throttles?name=calm&precise_search=name").await.body["total"], 1);
}

#[tokio::test]
async fn unknown_objects_are_not_found_in_their_own_codes() {
    let api = Api::new();
    let id = create(&api, policy("calm")).await;
    let unknown = "0123456789abcdef0123456789abcdef";
    let special = json!({"call_limits": 1, "object_type": "APP", "object_id": unknown});
    for (method, path, body, code) in [
        ("GET", format!("/throttles/{unknown}"), Value::Null, "APIG.3005"),
        ("PUT", format!("/throttles/{unknown}"), policy("calm"), "APIG.3005"),
        ("DELETE", format!("/throttles/{unknown}"), Value::Null, "APIG.3005"),
        ("GET", format!("/throttles/{unknown}/throttle-specials"), Value::Null, "APIG.3005"),
        ("POST", format!("/throttles/{unknown}/throttle-specials"), special.clone(), "APIG.3005"),
        ("POST", format!("/throttles/{id}/throttle-specials"), special, "APIG.3004"),
        (
            "PUT",
            format!("/throttles/{id}/throttle-specials/{unknown}"),
            json!({"call_limits": 1}),
            "APIG.3013",
        ),
        ("DELETE", format!("/throttles/{id}/throttle-specials/{unknown}"), Value::Null, "APIG.3013"),
        ("DELETE", format!("/throttle-bindings/{unknown}"), Value::Null, "APIG.3012"),
        (
            "POST",
            "/throttle-bindings".into(),
            json!({"strategy_id": unknown, "publish_ids": ["x"]}),
            "APIG.3005",
        ),
        ("POST", "/throttle-bindings".into(), json!({"strategy_id": id, "publish_ids": ["x"]}), "APIG.3015"),
        ("GET", format!("/throttle-bindings/binded-apis?throttle_id={unknown}"), Value::Null, "APIG.3005"),
        ("GET", format!("/throttle-bindings/unbinded-apis?throttle_id={unknown}"), Value::Null, "APIG.3005"),
        ("GET", format!("/throttle-bindings/binded-throttles?api_id={unknown}"), Value::Null, "APIG.3002"),
    ] {
        assert_eq!(api.call(method, &path, body).await.refusal(), (404, code), "{method} {path}");
    }
}

#[tokio::test]
async fn a_special_limit_stays_within_the_limit_of_the_api_also_when_that_changes() {
    let api = Api::new();
    let id = create(&api, policy("calm")).await;
    let path = format!("/throttles/{id}/throttle-specials");
    let special = |calls| json!({"call_limits": calls, "object_type": "USER", "object_id": "account-1"});
    assert_eq!(api.call("POST", &path, special(101)).await.refusal(), (400, "APIG.2003"));
    assert_eq!(api.call("POST", &path, special(0)).await.refusal(), (400, "APIG.2012"));
    let made = api.call("POST", &path, special(100)).await;
    assert_eq!((made.text("object_id"), made.text("app_id")), ("account-1".into(), String::new()));
    assert_eq!(api.call("POST", &path, special(10)).await.refusal(), (400, "APIG.3308"));
    let lower = with(json!({"api_call_limits": 99}));
    assert_eq!(
        api.call("PUT", &format!("/throttles/{id}"), lower.clone()).await.refusal(),
        (400, "APIG.2011")
    );
    let one = format!("{path}/{}", made.text("id"));
    assert_eq!(api.call("PUT", &one, json!({"call_limits": 101})).await.refusal(), (400, "APIG.2003"));
    assert_eq!(api.call("PUT", &one, json!({"call_limits": 99})).await.body["call_limits"], 99);
    assert_eq!(api.call("PUT", &format!("/throttles/{id}"), lower).await.status, 200);
    let shown = api.call("GET", &format!("/throttles/{id}"), Value::Null).await.body;
    assert_eq!(shown["is_inclu_special_throttle"], 1);
    assert_eq!(api.call("DELETE", &one, Value::Null).await.status, 204);
    let shown = api.call("GET", &format!("/throttles/{id}"), Value::Null).await.body;
    assert_eq!(shown["is_inclu_special_throttle"], 2);
}

#[tokio::test]
async fn thirty_apps_and_thirty_users_may_have_special_limits() {
    let api = Api::new();
    let id = create(&api, policy("calm")).await;
    let path = format!("/throttles/{id}/throttle-specials");
    let user =
        |number: u32| json!({"call_limits": 1, "object_type": "USER", "object_id": format!("user-{number}")});
    for number in 0..30 {
        assert_eq!(api.call("POST", &path, user(number)).await.status, 201);
    }
    assert_eq!(api.call("POST", &path, user(30)).await.refusal(), (403, "APIG.3100"));
    let app = api.call("POST", "/apps", json!({"name": "mobile"})).await.text("id");
    let special = json!({"call_limits": 1, "object_type": "APP", "object_id": app});
    assert_eq!(api.call("POST", &path, special).await.text("app_name"), "mobile");
    let of = async |query: &str| api.call("GET", &format!("{path}?{query}"), Value::Null).await;
    let (apps, users) = (of("object_type=APP").await, of("object_type=USER&limit=7").await);
    assert_eq!(
        (&apps.body["total"], &users.body["total"], &users.body["size"]),
        (&json!(1), &json!(30), &json!(7))
    );
    assert_eq!(of("app_name=obil").await.body["total"], 1);
    assert_eq!(of("user=user-7").await.body["total"], 1);
}

#[tokio::test]
async fn special_limits_go_with_their_app() {
    let api = Api::new();
    let id = create(&api, policy("calm")).await;
    let app = api.call("POST", "/apps", json!({"name": "mobile"})).await.text("id");
    let special = json!({"call_limits": 1, "object_type": "APP", "object_id": app});
    let path = format!("/throttles/{id}/throttle-specials");
    api.call("POST", &path, special).await;
    assert_eq!(api.call("DELETE", &format!("/apps/{app}"), Value::Null).await.status, 204);
    assert_eq!(api.call("GET", &path, Value::Null).await.body["total"], 0);
}

#[tokio::test]
async fn a_policy_that_is_bound_stays_and_binding_another_replaces_it() {
    let api = Api::new();
    let (first, second) = (create(&api, policy("first")).await, create(&api, policy("second")).await);
    let publication = published(&api, "orders").await;
    let bind = |id: &str| json!({"strategy_id": id, "publish_ids": [publication.text("publish_id")]});
    let bound = api.call("POST", "/throttle-bindings", bind(&first)).await;
    assert_eq!(bound.body["throttle_applys"][0]["scope"], 1);
    assert_eq!(
        api.call("DELETE", &format!("/throttles/{first}"), Value::Null).await.refusal(),
        (403, "APIG.3451")
    );
    let open =
        api.call("GET", &format!("/throttle-bindings/unbinded-apis?throttle_id={second}"), Value::Null).await;
    assert_eq!(open.body["apis"][0]["throttle_name"], "first");
    api.call("POST", "/throttle-bindings", bind(&second)).await;
    assert_eq!(api.call("DELETE", &format!("/throttles/{first}"), Value::Null).await.status, 204);
    let of_api = format!("/throttle-bindings/binded-throttles?api_id={}", publication.text("api_id"));
    let policies = api.call("GET", &of_api, Value::Null).await.body;
    assert_eq!((&policies["total"], &policies["throttles"][0]["name"]), (&json!(1), &json!("second")));
    assert_eq!(policies["throttles"][0]["bind_num"], 1);
}

#[tokio::test]
async fn removing_several_bindings_says_which_were_not_there() {
    let api = Api::new();
    let id = create(&api, policy("calm")).await;
    let publication = published(&api, "orders").await.text("publish_id");
    let bind = json!({"strategy_id": id, "publish_ids": [publication]});
    let bound = api.call("POST", "/throttle-bindings", bind).await;
    let binding = bound.body["throttle_applys"][0]["id"].clone();
    let both = json!({"throttle_bindings": [binding, "unknown"]});
    assert_eq!(api.call("PUT", "/throttle-bindings", both.clone()).await.refusal(), (400, "APIG.2011"));
    let gone = api.call("PUT", "/throttle-bindings?action=delete", both).await.body;
    assert_eq!(gone["success_count"], 1);
    assert_eq!(
        (&gone["failure"][0]["bind_id"], &gone["failure"][0]["error_code"]),
        (&json!("unknown"), &json!("APIG.3012"))
    );
}
