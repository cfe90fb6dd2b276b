//! What is wrong with a request is said with the contract's code, and names the culprit.

use crate::support::Api;
use serde_json::{Value, json};

#[tokio::test]
async fn a_body_that_is_not_json_is_a_serialization_error() {
    let api = Api::new();
    let deep = format!("{{\"name\":{}", "[".repeat(100_000));
    for body in ["", "{", "{\"name\":", "[]", "nonsense", "{\"name\":\"abc\"} x", "\u{feff}{}", &deep] {
        let reply = api.call_raw("POST", &api.path("/envs"), body).await;
        assert_eq!(reply.refusal(), (400, "APIG.2000"), "{body:.40}");
        let message = reply.text("error_msg");
        assert!(message.starts_with("Parameter error: Serialization error: "), "{message}");
    }
    let reply = api.call_raw("POST", &api.path("/envs"), vec![b'"', 0xff, 0xfe, b'"']).await;
    assert_eq!(reply.refusal(), (400, "APIG.2000"));
}

#[tokio::test]
async fn wrong_types_and_unknown_members_are_named() {
    let api = Api::new();
    for (path, body, culprit) in [
        ("/envs", json!({"name": 1}), "name"),
        ("/envs", json!({"name": ["a"]}), "name"),
        ("/envs", json!({"name": "abc", "remark": {}}), "remark"),
        ("/envs", json!({"name": "abc", "nam": "abc"}), "nam"),
        ("/app-auths", json!({"env_id": "e", "app_ids": ["a", 2], "api_ids": []}), "app_ids[1]"),
        ("/features", json!({"name": "lts", "enable": "yes"}), "enable"),
    ] {
        let reply = api.call("POST", path, body.clone()).await;
        assert_eq!(reply.refusal(), (400, "APIG.2000"), "{body}");
        assert!(reply.text("error_msg").contains(culprit), "{}", reply.body);
    }
}

#[tokio::test]
async fn missing_members_are_named() {
    let api = Api::new();
    for (path, body, culprit) in [
        ("/api-groups", json!({}), "name"),
        ("/api-groups", json!({"name": null}), "name"),
        ("/api-groups/check", json!({}), "group_name"),
        ("/envs", json!({"remark": "x"}), "name"),
        ("/env-variables", json!({"group_id": "g", "env_id": "e", "variable_name": "abc"}), "variable_value"),
        ("/apps", json!({}), "name"),
        ("/app-auths", json!({"env_id": "e", "app_ids": ["a"]}), "api_ids"),
        ("/features", json!({"name": "lts"}), "enable"),
    ] {
        let reply = api.call("POST", path, body.clone()).await;
        assert_eq!(reply.refusal(), (400, "APIG.2001"), "{path} {body}");
        assert!(reply.text("error_msg").contains(&format!("parameterName:{culprit}.")), "{}", reply.body);
    }
}

#[tokio::test]
async fn unacceptable_values_are_named() {
    let api = Api::new();
    let long = |count: usize| "a".repeat(count);
    for (path, body, culprit) in [
        ("/api-groups", json!({"name": "ab"}), "name"),
        ("/api-groups", json!({"name": "-abc"}), "name"),
        ("/api-groups", json!({"name": long(256)}), "name"),
        ("/api-groups", json!({"name": "abc", "remark": long(1001)}), "remark"),
        ("/envs", json!({"name": "1abc"}), "name"),
        ("/envs", json!({"name": "环境环境"}), "name"),
        ("/envs", json!({"name": "abc", "remark": long(256)}), "remark"),
        ("/apps", json!({"name": "a-b-c"}), "name"),
        ("/apps", json!({"name": "abc", "app_key": "short"}), "app_key"),
        ("/apps", json!({"name": "abc", "app_key": "bad,key,bad"}), "app_key"),
        ("/apps", json!({"name": "abc", "app_key": long(201)}), "app_key"),
        ("/apps", json!({"name": "abc", "app_secret": "short"}), "app_secret"),
        ("/apps", json!({"name": "abc", "app_secret": "with blank inside"}), "app_secret"),
        (
            "/env-variables",
            json!({"group_id": "a b", "env_id": "e", "variable_name": "abc", "variable_value": "v"}),
            "group_id",
        ),
        (
            "/env-variables",
            json!({"group_id": "g", "env_id": "e", "variable_name": "ab", "variable_value": "v"}),
            "variable_name",
        ),
        (
            "/env-variables",
            json!({"group_id": "g", "env_id": "e", "variable_name": "abc", "variable_value": ""}),
            "variable_value",
        ),
        (
            "/env-variables",
            json!({"group_id": "g", "env_id": "e", "variable_name": "abc", "variable_value": "a b"}),
            "variable_value",
        ),
    ] {
        let reply = api.call("POST", path, body.clone()).await;
        let code = if path == "/api-groups" || path == "/apps" { "APIG.2011" } else { "APIG.2012" };
        assert_eq!(reply.refusal(), (400, code), "{path} {body}: {}", reply.body);
        assert!(reply.text("error_msg").contains(&format!("parameterName:{culprit}.")), "{}", reply.body);
    }
}

#[tokio::test]
async fn unacceptable_gateways_are_refused_in_their_own_codes() {
    let api = Api::new();
    let path = format!("/v2/{}/apigw/instances", crate::support::PROJECT);
    for (body, refusal) in [
        (json!({}), (400, "APIC.7211")),
        (json!({"instance_name": "abc"}), (400, "APIC.7211")),
        (json!({"instance_name": "1abc", "spec_id": "BASIC"}), (400, "APIC.7211")),
        (json!({"instance_name": "abc", "spec_id": "HUGE"}), (404, "APIC.7301")),
        (json!({"instance_name": "default", "spec_id": "BASIC"}), (400, "APIC.7500")),
        (
            json!({"instance_name": "abc", "spec_id": "BASIC", "instance_id": api.instance.id.as_str()}),
            (400, "APIC.7505"),
        ),
        (
            json!({"instance_name": "abc", "spec_id": "BASIC", "maintain_begin": "22:00:00"}),
            (400, "APIC.7211"),
        ),
        (
            json!({"instance_name": "abc", "spec_id": "BASIC", "maintain_begin": "03:00:00", "maintain_end": "07:00:00"}),
            (400, "APIC.7235"),
        ),
        (
            json!({"instance_name": "abc", "spec_id": "BASIC", "maintain_begin": "02:00:00", "maintain_end": "10:00:00"}),
            (400, "APIC.7230"),
        ),
        (json!({"instance_name": "abc", "spec_id": "BASIC", "description": "<b>"}), (400, "APIC.7211")),
    ] {
        let reply = api.call_at("POST", &path, body.clone()).await;
        assert_eq!(reply.refusal(), refusal, "{body}: {}", reply.body);
    }
}

#[tokio::test]
async fn unknown_ids_are_not_found_and_named() {
    let api = Api::new();
    let id = "0123456789abcdef0123456789abcdef";
    for (method, path, body, code) in [
        ("GET", "/api-groups/ID", Value::Null, "APIG.3001"),
        ("PUT", "/api-groups/ID", json!({"name": "abc"}), "APIG.3001"),
        ("DELETE", "/api-groups/ID", Value::Null, "APIG.3001"),
        (
            "PUT",
            "/api-groups/ID/sl-domain-access-settings",
            json!({"sl_domain_access_enabled": true}),
            "APIG.3001",
        ),
        ("PUT", "/envs/ID", json!({"name": "abc"}), "APIG.3003"),
        ("DELETE", "/envs/ID", Value::Null, "APIG.3003"),
        ("GET", "/env-variables/ID", Value::Null, "APIG.3011"),
        ("PUT", "/env-variables/ID", json!({"variable_value": "v"}), "APIG.3011"),
        ("DELETE", "/env-variables/ID", Value::Null, "APIG.3011"),
        ("GET", "/apps/ID", Value::Null, "APIG.3004"),
        ("PUT", "/apps/ID", json!({"name": "abc"}), "APIG.3004"),
        ("PUT", "/apps/secret/ID", json!({}), "APIG.3004"),
        ("GET", "/apps/validation/ID", Value::Null, "APIG.3004"),
        ("DELETE", "/apps/ID", Value::Null, "APIG.3004"),
        ("DELETE", "/app-auths/ID", Value::Null, "APIG.3009"),
        ("GET", "/app-auths/binded-apis?app_id=ID", Value::Null, "APIG.3004"),
        ("GET", "/app-auths/binded-apps?api_id=ID", Value::Null, "APIG.3002"),
        ("POST", "/app-auths", json!({"env_id": id, "app_ids": [id], "api_ids": [id]}), "APIG.3003"),
        (
            "POST",
            "/env-variables",
            json!({"group_id": id, "env_id": id, "variable_name": "abc", "variable_value": "v"}),
            "APIG.3001",
        ),
    ] {
        let reply = api.call(method, &path.replace("ID", id), body).await;
        assert_eq!(reply.refusal(), (404, code), "{method} {path}: {}", reply.body);
        assert!(reply.text("error_msg").contains(id), "{}", reply.body);
    }
}

#[tokio::test]
async fn an_unknown_gateway_is_not_found_in_the_code_of_the_operations_family() {
    let api = Api::new();
    for id in ["6a29d4e9-69a0-412a-aabe-9898ec0903b0", "not%20an%20id"] {
        let at = |rest: &str| format!("/v2/{}/apigw/instances/{id}{rest}", crate::support::PROJECT);
        for (rest, refusal) in [
            ("", (404, "APIC.7302")),
            ("/progress", (404, "APIC.7302")),
            ("/instance-features", (404, "APIC.7302")),
            ("/envs", (404, "APIG.3030")),
            ("/features", (404, "APIG.3030")),
            ("/apps", (404, "APIG.3030")),
            ("/project/configs", (404, "APIG.3030")),
        ] {
            assert_eq!(api.call_at("GET", &at(rest), Value::Null).await.refusal(), refusal, "{id}{rest}");
        }
    }
}

#[tokio::test]
async fn taken_names_are_refused() {
    let api = Api::new();
    let group = api.call("POST", "/api-groups", json!({"name": "orders"})).await.text("id");
    let app = json!({"name": "mobile", "app_key": "my-own-key"});
    assert_eq!(api.call("POST", "/apps", app).await.status, 201);
    let variable = json!({"group_id": group, "env_id": "DEFAULT_ENVIRONMENT_RELEASE_ID", "variable_name": "host", "variable_value": "v"});
    assert_eq!(api.call("POST", "/env-variables", variable.clone()).await.status, 201);
    for (path, body, code) in [
        ("/api-groups", json!({"name": "orders"}), "APIG.3201"),
        ("/api-groups", json!({"name": "DEFAULT"}), "APIG.3201"),
        ("/api-groups/check", json!({"group_name": "orders"}), "APIG.3201"),
        ("/envs", json!({"name": "RELEASE"}), "APIG.3205"),
        ("/apps", json!({"name": "mobile"}), "APIG.3203"),
        ("/apps", json!({"name": "another", "app_key": "my-own-key"}), "APIG.3310"),
        ("/env-variables", variable, "APIG.3303"),
    ] {
        assert_eq!(api.call("POST", path, body.clone()).await.refusal(), (400, code), "{path} {body}");
    }
}

#[tokio::test]
async fn paging_is_clamped_and_ends_with_an_empty_list() {
    let api = Api::new();
    for name in ["one", "two", "three"] {
        assert_eq!(api.call("POST", "/envs", json!({"name": name})).await.status, 201);
    }
    let names = |query: &'static str| {
        let api = &api;
        async move {
            let reply = api.call("GET", &format!("/envs{query}"), Value::Null).await;
            let listed: Vec<_> = reply.body["envs"]
                .as_array()
                .unwrap()
                .iter()
                .map(|env| env["name"].as_str().unwrap().to_owned())
                .collect();
            assert_eq!(
                (reply.status.as_u16(), reply.body["size"].as_u64()),
                (200, Some(listed.len() as u64))
            );
            (reply.body["total"].as_u64().unwrap(), listed.join(" "))
        }
    };
    assert_eq!(names("").await, (4, "RELEASE one two three".to_owned()));
    assert_eq!(names("?offset=1&limit=2").await, (4, "one two".to_owned()));
    assert_eq!(names("?offset=-3&limit=0").await, (4, "RELEASE one two three".to_owned()));
    assert_eq!(names("?offset=4").await, (4, String::new()));
    assert_eq!(names("?offset=9223372036854775807&limit=9999").await, (4, String::new()));
    assert_eq!(names("?name=o").await, (2, "one two".to_owned()));
    assert_eq!(names("?name=one&precise_search=name").await, (1, "one".to_owned()));
    for query in ["?offset=x", "?limit=1.5", "?offset=99999999999999999999"] {
        let reply = api.call("GET", &format!("/envs{query}"), Value::Null).await;
        assert_eq!(reply.refusal(), (400, "APIG.2012"), "{query}");
    }
}
