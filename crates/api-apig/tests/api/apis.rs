//! APIs over the wire: shapes, defaults, round trips, publishing.

use crate::support::contract::{Optional, deviations, operations};
use crate::support::{Api, Reply};
use serde_json::{Value, json};

const RELEASE: &str = "DEFAULT_ENVIRONMENT_RELEASE_ID";

/// Members that an answer has must be the published ones; optional ones that were never set may be absent.
fn assert_published(operation: &str, reply: &Reply) {
    let all = operations();
    let operation = all.iter().find(|one| one.name == operation).unwrap();
    assert_eq!(reply.status.as_u16(), operation.success, "{}: {}", operation.name, reply.body);
    let wrong = deviations(operation.response, &reply.body, Optional::MayLack);
    assert_eq!(wrong, Vec::<String>::new(), "{}", operation.name);
}

async fn group(api: &Api) -> String {
    api.call("POST", "/api-groups", json!({"name": "orders"})).await.text("id")
}

/// The smallest body that is complete.
fn mock(group: &str, name: &str) -> Value {
    json!({
        "group_id": group, "name": name, "type": 2, "req_method": "GET", "req_uri": format!("/{name}"),
        "auth_type": "APP", "backend_type": "MOCK", "mock_info": {"result_content": "hello"},
    })
}

/// A body with every member that an HTTP backend can have.
fn full(group: &str) -> Value {
    json!({
        "name": "full", "type": 1, "version": "v1", "req_protocol": "BOTH", "req_method": "POST",
        "req_uri": "/orders/{id}", "auth_type": "APP", "auth_opt": {"app_code_auth_type": "HEADER"}, "cors": true,
        "trace_enabled": false, "sampling_strategy": "RATE", "sampling_param": "50", "match_mode": "SWA",
        "backend_type": "HTTP", "remark": "", "group_id": group, "body_remark": "", "result_normal_sample": "ok",
        "result_failure_sample": "", "tags": ["a", "b"], "response_id": "", "content_type": "application/json",
        "is_send_fg_body_base64": true,
        "req_params": [
            {"name": "id", "type": "STRING", "location": "PATH", "required": 1, "valid_enable": 1, "remark": "",
             "enumerations": "", "min_num": 0, "max_num": 0, "min_size": 1, "max_size": 32, "default_value": "",
             "sample_value": "", "pass_through": 2, "orchestrations": []},
            {"name": "X-Number", "type": "NUMBER", "location": "HEADER", "required": 2, "valid_enable": 2},
        ],
        "backend_params": [
            {"name": "key", "location": "PATH", "origin": "REQUEST", "value": "id", "remark": ""},
            {"name": "X-Ip", "location": "HEADER", "origin": "SYSTEM", "value": "$context.sourceIp"},
            {"name": "q", "location": "QUERY", "origin": "CONSTANT", "value": "a b"},
        ],
        "backend_api": {
            "url_domain": "127.0.0.1:8080", "req_protocol": "HTTP", "req_method": "POST", "req_uri": "/v1/{key}",
            "timeout": 5000, "retry_count": "-1", "enable_client_ssl": false, "version": "", "remark": "",
            "vpc_channel_status": 2,
        },
        "policy_https": [], "policy_mocks": [], "policy_functions": [],
    })
}

/// Every member of `part` stands in `whole` with the same value, down to every level.
fn assert_contains(path: &str, whole: &Value, part: &Value) {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => {
            for (name, value) in part {
                let path = format!("{path}.{name}");
                assert_contains(&path, whole.get(name).unwrap_or(&Value::Null), value);
            }
        }
        (Value::Array(whole), Value::Array(part)) if whole.len() == part.len() => {
            for (number, (whole, part)) in whole.iter().zip(part).enumerate() {
                assert_contains(&format!("{path}[{number}]"), whole, part);
            }
        }
        _ => assert_eq!(whole, part, "{path}"),
    }
}

#[tokio::test]
async fn what_was_put_is_read_back_with_empty_texts_and_lists() {
    let api = Api::new();
    let body = full(&group(&api).await);
    let created = api.call("POST", "/apis", body.clone()).await;
    assert_published("CreateApiV2", &created);
    assert_contains("created", &created.body, &body);
    assert_eq!(created.text("register_time"), "2023-11-14T22:13:20.000000000Z");
    let path = format!("/apis/{}", created.text("id"));
    let shown = api.call("GET", &path, Value::Null).await;
    assert_published("ShowDetailsOfApiV2", &shown);
    assert_contains("shown", &shown.body, &body);
    let updated = api.call("PUT", &path, body.clone()).await;
    assert_published("UpdateApiV2", &updated);
    assert_contains("updated", &updated.body, &body);
    assert_eq!(updated.text("register_time"), "2023-11-14T22:13:20Z");
    assert_eq!(shown.body["req_params"][0]["id"], shown.body["backend_params"][0]["req_param_id"]);
}

#[tokio::test]
async fn members_that_are_left_out_have_the_contracts_defaults() {
    let api = Api::new();
    let group = group(&api).await;
    let created = api.call("POST", "/apis", mock(&group, "small")).await.body;
    let defaults = json!({
        "req_protocol": "HTTPS", "match_mode": "NORMAL", "cors": false,
        "auth_opt": {"app_code_auth_type": "DISABLE"}, "req_params": [], "backend_params": [],
        "status": 1, "group_name": "orders", "policy_https": [],
    });
    assert_contains("created", &created, &defaults);
    for absent in ["remark", "tags", "run_env_id", "backend_api", "func_info"] {
        assert_eq!(created.get(absent), None, "{absent}");
    }
}

#[tokio::test]
async fn a_published_api_names_its_environments_joined_with_bars() {
    let api = Api::new();
    let group = group(&api).await;
    let id = api.call("POST", "/apis", mock(&group, "small")).await.text("id");
    let test = api.call("POST", "/envs", json!({"name": "test"})).await.text("id");
    let mut publications = Vec::new();
    for env in [RELEASE, &test] {
        let action = json!({"action": "online", "env_id": env, "api_id": id, "remark": "r"});
        let online = api.call("POST", "/apis/action", action).await;
        assert_published("CreateOrDeletePublishRecordForApiV2", &online);
        assert_eq!((online.text("api_name"), online.text("env_id")), ("small".to_owned(), env.to_owned()));
        publications.push(online.text("publish_id"));
    }
    let shown = api.call("GET", &format!("/apis/{id}"), Value::Null).await;
    assert_eq!(shown.text("run_env_id"), format!("{RELEASE}|{test}"));
    assert_eq!(shown.text("run_env_name"), "RELEASE|test");
    assert_eq!(shown.text("publish_id"), publications.join("|"));
    assert_eq!(shown.text("publish_time"), "2023-11-14T22:13:20Z|2023-11-14T22:13:20Z");
    assert_published("ShowDetailsOfApiV2", &shown);
    let listed = api.call("GET", &format!("/apis?env_id={test}"), Value::Null).await;
    assert_published("ListApisV2", &listed);
    assert_eq!(listed.body["apis"][0]["run_env_name"], "RELEASE|test");
    let counts = api.call("GET", "/resources/outline/apis", Value::Null).await;
    assert_published("ListApiQuantitiesV2", &counts);
    assert_eq!(counts.body, json!({"instance_num": 1, "nums_on_release": 1, "nums_off_release": 0}));
}

#[tokio::test]
async fn versions_are_listed_switched_shown_and_taken_offline() {
    let api = Api::new();
    let group = group(&api).await;
    let id = api.call("POST", "/apis", mock(&group, "before")).await.text("id");
    let online = json!({"action": "online", "env_id": RELEASE, "api_id": id});
    let first = api.call("POST", "/apis/action", online.clone()).await.text("version_id");
    api.call("PUT", &format!("/apis/{id}"), mock(&group, "after")).await;
    let second = api.call("POST", "/apis/action", online).await.text("version_id");
    let history = api.call("GET", &format!("/apis/publish/{id}?env_name=RELEASE"), Value::Null).await;
    assert_published("ListApiVersionsV2", &history);
    let entries = history.body["api_versions"].as_array().unwrap();
    let states: Vec<_> =
        entries.iter().map(|entry| (entry["version_id"].clone(), entry["status"].clone())).collect();
    assert_eq!(states, [(json!(second), json!(1)), (json!(first), json!(2))]);
    assert_eq!(history.body["api_versions"][0]["version_no"], "20231114221320");
    let switched = api.call("PUT", &format!("/apis/publish/{id}"), json!({"version_id": first})).await;
    assert_published("ChangeApiVersionV2", &switched);
    let version = api.call("GET", &format!("/apis/versions/{first}"), Value::Null).await;
    assert_published("ListApiVersionDetailV2", &version);
    assert_eq!((version.text("name"), version.text("version_id")), ("before".to_owned(), first.clone()));
    let runtime = api.call("GET", &format!("/apis/runtime/{id}?env_id={RELEASE}"), Value::Null).await;
    assert_published("ListApiRuntimeDefinitionV2", &runtime);
    assert_eq!(runtime.text("name"), "before");
    assert_eq!(runtime.text("sl_domain"), format!("{group}.apic.example.com"));
    let offline = api.call("DELETE", &format!("/apis/versions/{first}"), Value::Null).await;
    assert_published("DeleteApiByVersionIdV2", &offline);
    let runtime = api.call("GET", &format!("/apis/runtime/{id}"), Value::Null).await;
    assert_eq!(runtime.refusal(), (404, "APIG.3015"));
    let deleted = api.call("DELETE", &format!("/apis/{id}"), Value::Null).await;
    assert_published("DeleteApiV2", &deleted);
}

#[tokio::test]
async fn a_batch_answers_200_with_both_lists() {
    let api = Api::new();
    let group = group(&api).await;
    let id = api.call("POST", "/apis", mock(&group, "small")).await.text("id");
    let body = json!({"apis": [id, "missing"], "env_id": RELEASE});
    let reply = api.call("POST", "/apis/publish?action=online", body).await;
    assert_published("BatchPublishOrOfflineApiV2", &reply);
    assert_eq!(reply.body["success"][0]["api_id"], json!(id));
    let failure = json!({
        "api_id": "missing", "api_name": "", "error_code": "APIG.3002", "error_msg": "API missing does not exist",
    });
    assert_eq!(reply.body["failure"], json!([failure]));
    let by_group = json!({"group_id": group, "env_id": RELEASE});
    let reply = api.call("POST", "/apis/publish?action=offline", by_group.clone()).await;
    assert_eq!(reply.body["success"].as_array().map(Vec::len), Some(1));
    let reply = api.call("POST", "/apis/publish?action=sideways", by_group).await;
    assert_eq!(reply.refusal(), (400, "APIG.2011"));
}

#[tokio::test]
async fn a_check_answers_204_or_names_the_collision() {
    let api = Api::new();
    let group = group(&api).await;
    api.call("POST", "/apis", mock(&group, "small")).await;
    let check = |body: Value| {
        let api = &api;
        async move { api.call("POST", "/apis/check", body).await }
    };
    let free = check(json!({"group_id": group, "type": "name", "name": "other"})).await;
    assert_published("CheckApisV2", &free);
    let taken = check(json!({"group_id": group, "type": "name", "name": "small"})).await;
    assert_eq!(taken.refusal(), (400, "APIG.3202"));
    let path = json!({"group_id": group, "type": "path", "req_method": "GET", "req_uri": "/small", "match_mode": "NORMAL"});
    assert_eq!(check(path).await.refusal(), (400, "APIG.3301"));
    assert_eq!(check(json!({"group_id": group})).await.refusal(), (400, "APIG.2001"));
    assert_eq!(check(json!({"group_id": "none", "name": "x"})).await.refusal(), (404, "APIG.3001"));
}

#[tokio::test]
async fn lists_page_and_filter_as_the_query_says() {
    let api = Api::new();
    let group = group(&api).await;
    for name in ["one", "one-two", "three"] {
        let mut body = mock(&group, name);
        body["tags"] = json!([name]);
        assert_eq!(api.call("POST", "/apis", body).await.status, 201);
    }
    let names = |query: &'static str| {
        let api = &api;
        async move {
            let page = api.call("GET", &format!("/apis?{query}"), Value::Null).await.body;
            let entries = page["apis"].as_array().unwrap();
            let names: Vec<_> = entries.iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect();
            assert_eq!(page["size"], names.len());
            names.join(" ")
        }
    };
    assert_eq!(names("").await, "one one-two three");
    assert_eq!(names("offset=1&limit=1").await, "one-two");
    assert_eq!(names("offset=3").await, "");
    assert_eq!(names("name=one").await, "one one-two");
    assert_eq!(names("name=one&precise_search=name").await, "one");
    assert_eq!(names("req_uri=%2Fthree&precise_search=name,req_uri").await, "three");
    assert_eq!(names("tags=one&tags=three").await, "one three");
    assert_eq!(names("auth_type=IAM").await, "");
    assert_eq!(names("type=2&req_method=GET&req_protocol=HTTPS").await, "one one-two three");
    assert_eq!(api.call("GET", "/apis?type=3", Value::Null).await.refusal(), (400, "APIG.2012"));
    assert_eq!(api.call("GET", "/apis?req_method=FETCH", Value::Null).await.refusal(), (400, "APIG.2012"));
}

#[tokio::test]
async fn a_bad_definition_is_refused_with_the_code_of_its_fault() {
    let api = Api::new();
    let group = group(&api).await;
    let refused = |change: Value| {
        let mut body = full(&group);
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let api = &api;
        async move {
            let reply = api.call("POST", "/apis", body).await;
            let code = reply.code().to_owned();
            (reply.status.as_u16(), code, reply.text("error_msg"))
        }
    };
    for (change, code, names) in [
        (json!({"name": null}), "APIG.2001", "name"),
        (json!({"name": "x"}), "APIG.2011", "name"),
        (json!({"type": 3}), "APIG.2011", "type"),
        (json!({"req_method": "FETCH"}), "APIG.2011", "req_method"),
        (json!({"req_uri": "/orders/{other}"}), "APIG.2026", "other"),
        (json!({"req_uri": "orders"}), "APIG.2011", "req_uri"),
        (json!({"backend_api": null}), "APIG.2001", "backend_api"),
        (json!({"backend_params": []}), "APIG.2027", "key"),
        (
            json!({"backend_params": [{"name": "key", "location": "PATH", "origin": "REQUEST", "value": "zzz"}]}),
            "APIG.2028",
            "zzz",
        ),
        (json!({"backend_type": "TAPE"}), "APIG.2011", "backend_type"),
        (json!({"nonsense": 1}), "APIG.2000", "nonsense"),
        (json!({"cors": "yes"}), "APIG.2000", "cors"),
        (json!({"req_params": {}}), "APIG.2000", "req_params"),
    ] {
        let (status, actual, message) = refused(change.clone()).await;
        assert_eq!((status, actual.as_str()), (400, code), "{change}: {message}");
        assert!(message.contains(names), "{change}: {message}");
    }
    let (status, code, _) = refused(json!({"group_id": "missing"})).await;
    assert_eq!((status, code.as_str()), (404, "APIG.3001"));
}

#[tokio::test]
async fn publishing_what_is_not_built_yet_answers_501() {
    let api = Api::new();
    let group = group(&api).await;
    let mut body = mock(&group, "function");
    body["backend_type"] = json!("FUNCTION");
    body["func_info"] = json!({
        "function_urn": "urn:fss:local:p:function:default:f", "invocation_type": "sync", "network_type": "V1",
        "timeout": 5000, "remark": "",
    });
    let created = api.call("POST", "/apis", body.clone()).await;
    assert_published("CreateApiV2", &created);
    assert_contains("created", &created.body["func_info"], &body["func_info"]);
    let action = json!({"action": "online", "env_id": RELEASE, "api_id": created.text("id")});
    let refused = api.call("POST", "/apis/action", action).await;
    assert_eq!(refused.refusal(), (501, "COUNTERSIGN.0501"));
}

#[tokio::test]
async fn debugging_shows_request_and_response_as_text() {
    let api = Api::new();
    let group = group(&api).await;
    let id = api.call("POST", "/apis", mock(&group, "small")).await.text("id");
    let path = format!("/apis/debug/{id}");
    let mut body = json!({
        "mode": "CONSUMER", "scheme": "HTTP", "method": "POST", "path": "/small", "stage": "RELEASE",
        "query": {"q": ["a b"]}, "header": {"x-my-header": ["1"]}, "body": "hello",
        "app_key": "key-of-app", "app_secret": "secret-of-app",
    });
    let reply = api.call("POST", &path, body.clone()).await;
    assert_published("DebugApiV2", &reply);
    let request = reply.text("request");
    let first = format!("POST /small?q=a%20b HTTP/1.1\nHost: {group}.apic.example.com\n");
    assert!(request.starts_with(&first), "{request}");
    assert!(request.contains("\nX-My-Header: 1\n") && request.ends_with("\n\nhello"), "{request}");
    assert!(request.contains("\nAuthorization: SDK-HMAC-SHA256 Access=key-of-app, "), "{request}");
    assert!(!reply.body.to_string().contains("secret-of-app"));
    assert!(reply.text("response").starts_with("HTTP/1.1 200 OK\n"));
    for (member, value, status, code) in [
        ("mode", json!("MARKET"), 400, "APIG.2011"),
        ("scheme", json!("FTP"), 400, "APIG.2011"),
        ("method", json!("ANY"), 400, "APIG.2011"),
        ("path", json!("small"), 400, "APIG.2011"),
        ("header", json!({"X-Apig-Mode": ["x"]}), 400, "APIG.2011"),
        ("path", json!("/%zz"), 400, "APIG.2011"),
        ("header", json!({"Authorization": ["x"]}), 400, "APIG.2011"),
        ("query", json!({"X-Stage": ["x"]}), 400, "APIG.2011"),
        ("body", json!("x".repeat(2_097_153)), 400, "APIG.2011"),
        ("app_secret", json!(null), 400, "APIG.2001"),
    ] {
        let mut bad = body.clone();
        bad[member] = value.clone();
        assert_eq!(api.call("POST", &path, bad).await.refusal(), (status, code), "{member}: {value}");
    }
    assert_eq!(api.call("POST", "/apis/debug/missing", body.clone()).await.refusal(), (404, "APIG.3002"));
    body["mode"] = json!("DEVELOPER");
    let draft = api.call("POST", &path, body).await;
    assert_published("DebugApiV2", &draft);
    assert!(!draft.text("request").contains("X-Stage"), "{}", draft.body);
}
