//! What an export holds, and that it can be imported again.

use super::{RELEASE, full, into};
use crate::support::{Api, FUNCTION};
use serde_json::{Value, json};

#[tokio::test]
async fn an_export_imported_into_an_empty_group_exports_equal() {
    let api = Api::new();
    let group = api.group("orders").await;
    let mut ids = Vec::new();
    for name in ["first", "second"] {
        ids.push(api.call("POST", "/apis", full(&group, name)).await.text("id"));
    }
    for (query, kind) in
        [("", "json"), ("", "yaml"), ("?oas_version=3.0", "json"), ("?oas_version=3.0", "yml")]
    {
        let options = json!({"define": "dev", "type": kind});
        let exported = api.export(query, &group, options.clone()).await;
        let document = exported.body.as_str().map_or_else(|| exported.body.to_string(), str::to_owned);
        for id in ids.drain(..) {
            assert_eq!(api.call("DELETE", &format!("/apis/{id}"), Value::Null).await.status.as_u16(), 204);
        }
        let imported = api.import("/openapi/import", &into(&group, &document)).await;
        assert_eq!(
            (imported.body["failure"].clone(), imported.body["ignore"].clone()),
            (json!([]), json!([]))
        );
        let success = imported.body["success"].as_array().unwrap();
        ids.extend(success.iter().map(|one| one["id"].as_str().unwrap().to_owned()));
        assert_eq!(ids.len(), 2);
        assert_eq!(api.export(query, &group, options).await.body, exported.body, "{query} {kind}");
    }
}

#[tokio::test]
async fn gateway_responses_come_along_by_name_and_stay_or_are_replaced_as_the_mode_says() {
    let api = Api::new();
    let (group, other) = (api.group("orders").await, api.group("others").await);
    let sets = |group: &str| format!("/api-groups/{group}/gateway-responses");
    let set =
        |body: &str| json!({"name": "friendly", "responses": {"THROTTLED": {"status": 503, "body": body}}});
    let chosen = api.call("POST", &sets(&group), set("first")).await.text("id");
    let mut definition = full(&group, "first");
    definition["response_id"] = json!(chosen);
    api.call("POST", "/apis", definition).await;
    let exported = api.export("", &group, json!({"define": "dev"})).await.body;
    assert_eq!(exported["x-apigateway-responses"]["friendly"]["THROTTLED"]["status"], 503);
    let imported = api.import("/openapi/import", &into(&other, &exported.to_string())).await;
    assert_eq!(imported.body["failure"], json!([]));
    let again = api.export("", &other, json!({"define": "dev"})).await.body;
    assert_eq!(
        (&again["paths"], &again["x-apigateway-responses"]),
        (&exported["paths"], &exported["x-apigateway-responses"])
    );
    let changed = exported.to_string().replace("first\"", "second\"");
    let body = async || {
        api.export("", &other, json!({"define": "dev"})).await.body["x-apigateway-responses"]["friendly"]["THROTTLED"]["body"].clone()
    };
    api.import("/openapi/import", &into(&other, &changed)).await;
    assert_eq!(body().await, json!({"application/json": "first"}));
    api.import("/openapi/import", &into(&other, &changed).with("extend_mode", "override")).await;
    assert_eq!(body().await, json!({"application/json": "second"}));
    let unknown = "{swagger: '2.0', info: {title: t}, paths: {/x: {get: {operationId: abc, x-apigateway-response: nobodys}}}}";
    let reply = api.import("/openapi/import", &into(&other, unknown).with("mock_mode", "true")).await;
    assert_eq!(reply.body["failure"][0]["error_code"], "COUNTERSIGN.0404");
}

#[tokio::test]
async fn an_authorizer_is_found_by_its_name() {
    let api = Api::new();
    let (group, other) = (api.group("orders").await, api.group("others").await);
    let guard = json!({"name": "guard", "type": "FRONTEND", "authorizer_type": "FUNC", "authorizer_uri": FUNCTION,
                       "user_data": "told to nobody"});
    let id = api.call("POST", "/authorizers", guard).await.text("id");
    let mut definition = full(&group, "first");
    definition["authorizer_id"] = json!(id);
    api.call("POST", "/apis", definition).await;
    let document = api.export("", &group, json!({"define": "dev"})).await.body.to_string();
    assert!(!document.contains(&id) && !document.contains("told to nobody"), "{document}");
    let imported = api.import("/openapi/import", &into(&other, &document)).await;
    let there =
        imported.body["success"][0]["id"].as_str().unwrap_or_else(|| panic!("{}", imported.body)).to_owned();
    assert_eq!(
        api.call("GET", &format!("/apis/{there}"), Value::Null).await.body["authorizer_id"],
        json!(id)
    );
    let renamed = document.replace("guard", "nobody");
    let refused = api.import("/openapi/import", &into(&other, &renamed).with("api_mode", "override")).await;
    assert_eq!(refused.body["failure"][0]["error_code"], "APIG.3081");
}

#[tokio::test]
async fn throttling_policies_are_exported_with_all_and_made_by_name_with_their_special_limits() {
    let api = Api::new();
    let group = api.group("orders").await;
    let policy = json!({
        "name": "calm", "api_call_limits": 100, "user_call_limits": 50, "app_call_limits": 20, "ip_call_limits": 10,
        "time_interval": 2, "time_unit": "MINUTE", "type": 2, "remark": "quiet"
    });
    let policy = api.call("POST", "/throttles", policy).await.text("id");
    let specials = format!("/throttles/{policy}/throttle-specials");
    let special = json!({"call_limits": 30, "object_id": "0a1b2c3d", "object_type": "USER"});
    api.call("POST", &specials, special).await;
    let id = api.call("POST", "/apis", full(&group, "first")).await.text("id");
    let online = json!({"action": "online", "env_id": RELEASE, "api_id": id});
    let publication = api.call("POST", "/apis/action", online).await.text("publish_id");
    let bind = json!({"strategy_id": policy, "publish_ids": [publication]});
    api.call("POST", "/throttle-bindings", bind).await;
    let exported = api.export("", &group, json!({"define": "all"})).await.body;
    assert_eq!(exported["paths"]["/first/{id}"]["post"]["x-apigateway-ratelimit"], "calm");
    let written = json!({"calm": {
        "api-limit": 100, "user-limit": 50, "app-limit": 20, "ip-limit": 10, "interval": 2, "unit": "minute",
        "shared": true, "special": [{"type": "USER", "limit": 30, "instance": "0a1b2c3d"}],
        "x-countersign": {"remark": "quiet"}
    }});
    assert_eq!(exported["x-apigateway-ratelimits"], written);
    let limits = async |name: &str| {
        let list = api.call("GET", &format!("/throttles?name={name}"), Value::Null).await.body;
        list["throttles"][0]["api_call_limits"].clone()
    };
    let changed = exported.to_string().replace("\"api-limit\":100", "\"api-limit\":90");
    api.import("/openapi/import", &into(&group, &changed)).await;
    assert_eq!(limits("calm").await, 100);
    let replacing = |text: &str| into(&group, text).with("extend_mode", "override");
    assert_eq!(api.import("/openapi/import", &replacing(&changed)).await.status.as_u16(), 200);
    assert_eq!(limits("calm").await, 90);
    assert_eq!(api.call("GET", &specials, Value::Null).await.body["throttle_specials"][0]["call_limits"], 30);
    let other = changed.replace("\"calm\"", "\"busy\"");
    assert_eq!(api.import("/openapi/import", &into(&group, &other)).await.status.as_u16(), 200);
    assert_eq!(limits("busy").await, 90);
    for (part, wrong) in [("\"limit\":30", "\"limit\":91"), ("\"app-limit\":20", "\"app-limit\":60")] {
        let before = api.revision();
        let refused = api.import("/openapi/import", &replacing(&other.replace(part, wrong))).await;
        assert_eq!((refused.status.as_u16(), api.revision()), (400, before), "{wrong}");
    }
}

#[tokio::test]
async fn policies_of_access_control_are_exported_with_all_and_made_by_name() {
    let api = Api::new();
    let group = api.group("orders").await;
    let acl = |value: &str| json!({"acl_name": "inside", "acl_type": "PERMIT", "acl_value": value, "entity_type": "IP"});
    let policy = api.call("POST", "/acls", acl("10.0.0.0/8")).await.text("id");
    let id = api.call("POST", "/apis", full(&group, "first")).await.text("id");
    let online = json!({"action": "online", "env_id": RELEASE, "api_id": id});
    let publication = api.call("POST", "/apis/action", online).await.text("publish_id");
    api.call("POST", "/acl-bindings", json!({"acl_id": policy, "publish_ids": [publication]})).await;
    let exported = api.export("", &group, json!({"define": "all"})).await.body;
    assert_eq!(exported["paths"]["/first/{id}"]["post"]["x-apigateway-access-control"], "inside");
    assert_eq!(
        exported["x-apigateway-access-controls"],
        json!({"inside": {"acl-type": "PERMIT", "entity-type": "IP", "value": "10.0.0.0/8"}})
    );
    assert!(!api.export("", &group, json!({"define": "proxy"})).await.body.to_string().contains("inside"));
    let value = async || api.call("GET", &format!("/acls/{policy}"), Value::Null).await.text("acl_value");
    let changed = exported.to_string().replace("10.0.0.0/8", "10.1.0.0/16");
    api.import("/openapi/import", &into(&group, &changed)).await;
    assert_eq!(value().await, "10.0.0.0/8");
    api.import("/openapi/import", &into(&group, &changed).with("extend_mode", "override")).await;
    assert_eq!(value().await, "10.1.0.0/16");
    let other = changed.replace("\"inside\"", "\"outside\"");
    assert_eq!(api.import("/openapi/import", &into(&group, &other)).await.status.as_u16(), 200);
    assert_eq!(api.call("GET", "/acls?name=outside", Value::Null).await.body["total"], 1);
    let invalid = other.replace("10.1.0.0/16", "nowhere");
    let before = api.revision();
    let refused =
        api.import("/openapi/import", &into(&group, &invalid).with("extend_mode", "override")).await;
    assert_eq!((refused.refusal(), api.revision()), ((400, "APIG.2012"), before));
}

#[tokio::test]
async fn a_file_is_named_and_holds_what_was_asked_for() {
    let api = Api::new();
    let group = api.group("订单组").await;
    for name in ["first", "second"] {
        let mut definition = full(&group, name);
        definition["policy_https"] = json!([]);
        let id = api.call("POST", "/apis", definition).await.text("id");
        if name == "first" {
            let online = json!({"action": "online", "env_id": RELEASE, "api_id": id});
            assert_eq!(api.call("POST", "/apis/action", online).await.status.as_u16(), 201);
        }
    }
    let spec = api.export("", &group, json!({})).await;
    let disposition = spec.headers["content-disposition"].to_str().unwrap();
    assert_eq!(
        disposition,
        "attachment; filename=\"___-RELEASE-spec-1.json\"; filename*=UTF-8''%E8%AE%A2%E5%8D%95%E7%BB%84-RELEASE-spec-1.json"
    );
    assert_eq!(spec.headers["content-type"], "application/octet-stream");
    let paths: Vec<_> = spec.body["paths"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(paths, ["/first/{id}"]);
    assert!(spec.body["paths"]["/first/{id}"]["post"].get("x-apigateway-backend").is_none());
    let proxy = api.export("", &group, json!({"define": "proxy"})).await;
    assert_eq!(proxy.body["paths"]["/first/{id}"]["post"]["x-apigateway-backend"]["type"], "HTTP");
    let drafts = api.export("?oas_version=3.0", &group, json!({"define": "dev"})).await;
    assert_eq!(
        (drafts.body["openapi"].clone(), drafts.body["paths"].as_object().unwrap().len()),
        (json!("3.0.0"), 2)
    );
}

#[tokio::test]
async fn an_export_of_what_is_not_there_is_refused() {
    let api = Api::new();
    let (group, other) = (api.group("orders").await, api.group("others").await);
    let elsewhere = api.call("POST", "/apis", full(&other, "elsewhere")).await.text("id");
    let none = "0123456789abcdef0123456789abcdef";
    for (body, refusal) in [
        (json!({"group_id": group}), (400, "APIG.2001")),
        (json!({"env_id": RELEASE}), (400, "APIG.2001")),
        (json!({"env_id": none, "group_id": group}), (404, "APIG.3003")),
        (json!({"env_id": RELEASE, "group_id": none}), (404, "APIG.3001")),
        (json!({"env_id": RELEASE, "group_id": group, "apis": [elsewhere]}), (404, "APIG.3002")),
        (json!({"env_id": RELEASE, "group_id": group, "define": "half"}), (400, "APIG.2012")),
        (json!({"env_id": RELEASE, "group_id": group, "type": "xml"}), (400, "APIG.2012")),
        (json!({"env_id": RELEASE, "group_id": group, "colour": "red"}), (400, "APIG.2000")),
    ] {
        assert_eq!(api.call("POST", "/openapi/export", body.clone()).await.refusal(), refusal, "{body}");
    }
    let body = json!({"env_id": RELEASE, "group_id": group});
    assert_eq!(api.call("POST", "/openapi/export?oas_version=3.1", body).await.refusal(), (400, "APIG.2012"));
}
