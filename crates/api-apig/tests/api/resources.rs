//! What the resources do, beyond their shapes.

use crate::support::Api;
use serde_json::{Value, json};

#[tokio::test]
async fn a_gateway_is_born_with_release_and_the_default_group() {
    let api = Api::new();
    let envs = api.call("GET", "/envs", Value::Null).await.body;
    assert_eq!(envs["envs"][0]["id"], "DEFAULT_ENVIRONMENT_RELEASE_ID");
    assert_eq!(envs["envs"][0]["name"], "RELEASE");
    let groups = api.call("GET", "/api-groups", Value::Null).await.body;
    assert_eq!(
        (&groups["groups"][0]["name"], &groups["groups"][0]["is_default"]),
        (&json!("DEFAULT"), &json!(1))
    );
}

#[tokio::test]
async fn a_group_has_its_default_subdomain() {
    let api = Api::new();
    let group = api.call("POST", "/api-groups", json!({"name": "orders", "remark": "r"})).await;
    let id = group.text("id");
    assert_eq!(group.text("sl_domain"), format!("{id}.apic.example.com"));
    assert_eq!(group.body["sl_domains"], json!([format!("{id}.apic.example.com")]));
    assert_eq!(group.text("register_time"), "2023-11-14T22:13:20.000000000Z");
    let path = format!("/api-groups/{id}");
    let off = json!({"sl_domain_access_enabled": false});
    api.call("PUT", &format!("{path}/sl-domain-access-settings"), off).await;
    let shown = api.call("GET", &path, Value::Null).await;
    assert_eq!(shown.body["sl_domain_access_enabled"], false);
    assert_eq!(shown.text("register_time"), "2023-11-14T22:13:20Z");
}

#[tokio::test]
async fn an_absent_remark_stays_and_an_empty_one_clears() {
    let api = Api::new();
    let id = api.call("POST", "/api-groups", json!({"name": "orders", "remark": "r"})).await.text("id");
    let path = format!("/api-groups/{id}");
    let kept = api.call("PUT", &path, json!({"name": "orders2"})).await;
    assert_eq!((kept.text("name"), kept.text("remark")), ("orders2".into(), "r".into()));
    assert_eq!(api.call("PUT", &path, json!({"name": "orders2", "remark": ""})).await.text("remark"), "");
}

#[tokio::test]
async fn built_in_objects_can_be_neither_changed_nor_removed() {
    let api = Api::new();
    let groups = api.call("GET", "/api-groups?name=DEFAULT", Value::Null).await.body;
    let group = format!("/api-groups/{}", groups["groups"][0]["id"].as_str().unwrap());
    assert_eq!(api.call("DELETE", &group, Value::Null).await.refusal(), (403, "APIG.1101"));
    assert_eq!(api.call("PUT", &group, json!({"name": "other"})).await.refusal(), (403, "APIG.1101"));
    let env = "/envs/DEFAULT_ENVIRONMENT_RELEASE_ID";
    assert_eq!(api.call("DELETE", env, Value::Null).await.refusal(), (403, "APIG.1103"));
    assert_eq!(api.call("PUT", env, json!({"name": "other"})).await.refusal(), (403, "APIG.1103"));
}

#[tokio::test]
async fn removing_a_group_or_environment_removes_its_variables() {
    let api = Api::new();
    let group = api.call("POST", "/api-groups", json!({"name": "orders"})).await.text("id");
    let env = api.call("POST", "/envs", json!({"name": "test"})).await.text("id");
    for env in [env.as_str(), "DEFAULT_ENVIRONMENT_RELEASE_ID"] {
        let body = json!({"group_id": group, "env_id": env, "variable_name": "host", "variable_value": "v"});
        assert_eq!(api.call("POST", "/env-variables", body).await.status, 201);
    }
    let left = || async { api.call("GET", "/env-variables", Value::Null).await.body["total"].as_u64() };
    assert_eq!(api.call("DELETE", &format!("/envs/{env}"), Value::Null).await.status, 204);
    assert_eq!(left().await, Some(1));
    assert_eq!(api.call("DELETE", &format!("/api-groups/{group}"), Value::Null).await.status, 204);
    assert_eq!(left().await, Some(0));
}

#[tokio::test]
async fn variables_are_filtered_by_group_environment_and_name() {
    let api = Api::new();
    let group = api.call("POST", "/api-groups", json!({"name": "orders"})).await.text("id");
    for name in ["host", "hostess", "port"] {
        let body = json!({"group_id": group, "env_id": "DEFAULT_ENVIRONMENT_RELEASE_ID", "variable_name": name, "variable_value": "v"});
        api.call("POST", "/env-variables", body).await;
    }
    let total = |query: String| {
        let api = &api;
        async move {
            api.call("GET", &format!("/env-variables?{query}"), Value::Null).await.body["total"]
                .as_u64()
                .unwrap()
        }
    };
    assert_eq!(total(format!("group_id={group}")).await, 3);
    assert_eq!(total("group_id=other".into()).await, 0);
    assert_eq!(total("variable_name=host".into()).await, 2);
    assert_eq!(total("variable_name=host&precise_search=variable_name".into()).await, 1);
}

#[tokio::test]
async fn an_app_keeps_its_key_and_changes_its_secret_only_on_demand() {
    let api = Api::new();
    let app = api.call("POST", "/apps", json!({"name": "mobile"})).await;
    let (id, key, secret) = (app.text("id"), app.text("app_key"), app.text("app_secret"));
    assert_eq!((key.len(), secret.len()), (32, 32));
    let path = format!("/apps/{id}");
    let updated = api.call("PUT", &path, json!({"name": "mobile2", "remark": "r"})).await;
    assert_eq!((updated.text("app_key"), updated.text("app_secret")), (key.clone(), secret.clone()));
    let other_key = json!({"name": "mobile2", "app_key": "another-key"});
    assert_eq!(api.call("PUT", &path, other_key).await.refusal(), (400, "APIG.2012"));
    let reset = api.call("PUT", &format!("/apps/secret/{id}"), json!({"app_secret": "my-Own$ecret1"})).await;
    assert_eq!((reset.text("app_key"), reset.text("app_secret")), (key.clone(), "my-Own$ecret1".into()));
    let generated = api.call_raw("PUT", &api.path(&format!("/apps/secret/{id}")), "").await;
    assert!(generated.text("app_secret").len() == 32 && generated.text("app_secret") != secret);
    assert_eq!(api.call("GET", &path, Value::Null).await.text("app_secret"), generated.text("app_secret"));
}

#[tokio::test]
async fn a_removed_apps_key_is_free_again() {
    let api = Api::new();
    let body = json!({"name": "mobile", "app_key": "my-own-key"});
    let id = api.call("POST", "/apps", body.clone()).await.text("id");
    assert_eq!(api.call("DELETE", &format!("/apps/{id}"), Value::Null).await.status, 204);
    assert_eq!(api.call("POST", "/apps", body).await.status, 201);
}

#[tokio::test]
async fn validation_shows_a_stranger_neither_key_nor_secret() {
    let api = Api::new();
    let id = api.call("POST", "/apps", json!({"name": "mobile"})).await.text("id");
    let reply = api.call("GET", &format!("/apps/validation/{id}"), Value::Null).await;
    assert_eq!(reply.body, json!({"id": id, "name": "mobile", "remark": ""}));
}

#[tokio::test]
async fn a_features_setting_is_kept_byte_for_byte() {
    let api = Api::new();
    let config = "{\"api_limits\" : 7,\n \"x\":\"é\"}";
    api.call("POST", "/features", json!({"name": "ratelimit", "enable": true, "config": config})).await;
    api.call("POST", "/features", json!({"name": "ratelimit", "enable": false})).await;
    let listed = api.call("GET", "/features?limit=500", Value::Null).await.body;
    let features = listed["features"].as_array().unwrap();
    let found = features.iter().find(|feature| feature["name"] == "ratelimit").unwrap();
    assert_eq!((&found["config"], &found["enable"]), (&json!(config), &json!(false)));
    let unknown = api.call("POST", "/features", json!({"name": "app-api-key", "enable": true})).await;
    assert_eq!(unknown.refusal(), (400, "APIG.2000"));
    assert_eq!(unknown.text("error_msg"), "unrecognized feature app-api-key");
}

#[tokio::test]
async fn a_removed_gateway_takes_everything_with_it_and_leaves_the_others_alone() {
    let api = Api::new();
    let path = format!("/v2/{}/apigw/instances", crate::support::PROJECT);
    let create = json!({"instance_name": "second", "spec_id": "BASIC"});
    let id = api.call_at("POST", &path, create).await.text("instance_id");
    let at = |rest: &str| format!("{path}/{id}{rest}");
    let app = json!({"name": "mobile", "app_key": "my-own-key"});
    assert_eq!(api.call_at("POST", &at("/apps"), app.clone()).await.status, 201);
    assert_eq!(api.call_at("DELETE", &at(""), Value::Null).await.status, 204);
    assert_eq!(api.call_at("GET", &at(""), Value::Null).await.refusal(), (404, "APIC.7302"));
    assert_eq!(api.call("POST", "/apps", app).await.status, 201);
    assert_eq!(api.call("GET", "/envs", Value::Null).await.body["total"], 1);
}

#[tokio::test]
async fn quotas_hold_and_say_how_much_is_used() {
    let api = Api::new();
    for number in 0..9 {
        assert_eq!(api.call("POST", "/envs", json!({"name": format!("env{number}")})).await.status, 201);
    }
    assert_eq!(api.call("POST", "/envs", json!({"name": "eleventh"})).await.refusal(), (403, "APIG.3104"));
    let configs = api.call("GET", "/project/configs", Value::Null).await.body;
    let quota = configs["configs"]
        .as_array()
        .unwrap()
        .iter()
        .find(|quota| quota["config_name"] == "ENVIRONMENT_NUM_LIMIT");
    let quota = quota.unwrap();
    assert_eq!((&quota["config_value"], &quota["used"]), (&json!("10"), &json!(10)));
}

#[tokio::test]
async fn tags_are_replaced_by_key() {
    let api = Api::new();
    for (action, tags) in [
        ("create", json!([{"key": "a", "value": "1"}, {"key": "b", "value": "2"}])),
        ("create", json!([{"key": "a", "value": "3"}])),
        ("delete", json!([{"key": "b"}])),
    ] {
        let body = json!({"action": action, "tags": tags});
        assert_eq!(api.call("POST", "/instance-tags/action", body).await.status, 204);
    }
    assert_eq!(
        api.call("GET", "/instance-tags", Value::Null).await.body,
        json!({"tags": [{"key": "a", "value": "3"}]})
    );
}

#[tokio::test]
async fn gateways_are_found_by_their_tags() {
    let api = Api::new();
    let tags = json!([{"key": "stage", "value": "test"}, {"key": "team", "value": "a"}]);
    api.call("POST", "/instance-tags/action", json!({"action": "create", "tags": tags})).await;
    let path = format!("/v2/{}/apigw/resource-instances/count", crate::support::PROJECT);
    for (query, found) in [
        (json!({}), 1),
        (json!({"without_any_tag": true}), 0),
        (json!({"tags": [{"key": "stage", "values": ["live", "test"]}, {"key": "team"}]}), 1),
        (json!({"tags": [{"key": "stage", "values": ["live"]}]}), 0),
        (json!({"tags": [{"key": "other", "values": []}]}), 0),
        (json!({"matches": [{"key": "resource_name", "value": "defau"}]}), 1),
        (json!({"matches": [{"key": "resource_name", "value": "x"}]}), 0),
        (json!({"sys_tags": [{"key": "_sys_enterprise_project_id", "values": ["0"]}]}), 0),
    ] {
        assert_eq!(
            api.call_at("POST", &path, query.clone()).await.body,
            json!({"total_count": found}),
            "{query}"
        );
    }
    let unknown = json!({"matches": [{"key": "colour", "value": "x"}]});
    assert_eq!(api.call_at("POST", &path, unknown).await.refusal(), (400, "APIC.7211"));
}
